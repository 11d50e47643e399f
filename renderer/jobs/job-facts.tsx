import { useTranslation } from 'react-i18next';
import type { Job } from '../../preload/contract/index.ts';
import { CopyButton, Fact, Facts } from '../parts/index.ts';
import { useConnections } from '../queries.ts';
import { Moment } from '../time.tsx';

export function JobFacts({ job }: { readonly job: Job }) {
  const { t } = useTranslation();
  const connection = useConnections().data?.find(({ id }) => id === job.connection);
  return (
    <Facts>
      <Fact label={t('job.account')}>{connection?.name ?? t('event.removedConnection')}</Fact>
      <Fact label={t('job.formats')}>{job.formats?.join(', ')}</Fact>
      <Fact label={t('job.dataRegion')}>{job.region}</Fact>
      <Fact label={t('job.createdAt')}>
        <Moment time={job.createdAt} />
      </Fact>
      <Fact label={t('job.endedAt')}>{job.endedAt && <Moment time={job.endedAt} />}</Fact>
      <Fact label={t('job.urn')}>
        <div className="checksum">
          <code>{job.urn}</code>
          <CopyButton text={job.urn} label={t('job.copyUrn')} />
        </div>
      </Fact>
    </Facts>
  );
}
