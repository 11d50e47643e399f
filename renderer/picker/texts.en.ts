/** Texts of the picker, in English. */
export const pickerTexts = {
  picker: {
    open: 'Browse…',
    title: 'Browse: {{what}}',
    tree: 'Contents of the account',
    search: 'Filter loaded items',
    choose: 'Choose',
    more: 'Load more…',
    empty: 'Empty',
    nothing: 'Nothing to choose',
    noneFound: 'No loaded item matches. Expand more of the tree or load more items.',
    failed: 'Couldn’t load this account',
    retry: '{{problem}} Select to retry.',
  },
} as const;
