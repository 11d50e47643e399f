export { keyOf, matchExpression, partsOf } from './expression.ts';
export { deleteSearchText, indexEvents, selectIndexed, selectUnindexedMatches } from './indexing.ts';
export { type SearchTerms, searchTermsOf } from './text.ts';
