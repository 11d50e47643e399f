export { keyOf, matchExpression, partsOf } from './expression.ts';
export {
  deleteSearchText,
  indexEvents,
  isIndexing,
  selectIndexed,
  selectKinds,
  selectUnindexedMatches,
} from './indexing.ts';
export { type SearchTerms, searchTermsOf } from './text.ts';
