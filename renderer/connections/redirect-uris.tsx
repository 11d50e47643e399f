import { useTranslation } from 'react-i18next';
import { CopyButton, Note } from '../parts/index.ts';

/** The redirect URIs that must be registered for the app before users can sign in. */
export function RedirectUris({ uris }: { readonly uris: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Note kind="plain">
      {t('signIn.register', { count: uris.length })}
      <ul className="redirect-uris">
        {uris.map((uri) => (
          <li key={uri}>
            <CopyableUri uri={uri} />
          </li>
        ))}
      </ul>
    </Note>
  );
}

export function CopyableUri({ uri }: { readonly uri: string }) {
  const { t } = useTranslation();
  return (
    <span className="redirect-uri">
      <code>{uri}</code>
      <CopyButton text={uri} label={t('signIn.copyUri', { uri })} />
    </span>
  );
}
