import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconHelpCircle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DiagnosticReport, Finding, Input } from '../../preload/contract/index.ts';
import { messageText } from '../message-text.ts';
import { CopyButton, Dialog, Note, ProblemNote } from '../parts/index.ts';
import { useAct } from '../queries.ts';
import { useDiagnosis } from './diagnosis.ts';
import './doctor.css';

interface DoctorDialogProps {
  readonly subject: Input<'doctor.run'>;
  onClose(): void;
}

/** The reasons why no event arrived, with what to do about them; problems first. */
export function DoctorDialog({ subject, onClose }: DoctorDialogProps) {
  const { t } = useTranslation();
  const { data, error, isFetching, refetch } = useDiagnosis(subject);
  return (
    <Dialog wide title={t('doctor.title')} onClose={onClose}>
      <Stack gap="md">
        <ProblemNote problem={error} onRetry={() => void refetch()} />
        {isFetching && !data && (
          <Group gap="sm" role="status">
            <Loader size="sm" aria-hidden />
            <Text size="sm">{t('doctor.running')}</Text>
          </Group>
        )}
        {data && <Findings report={data} onFixed={() => void refetch()} />}
        <Group justify="flex-end" gap="xs">
          {data && <CopyButton text={data.report} label={t('doctor.copy')} />}
          <Button
            variant="default"
            leftSection={<IconRefresh size={15} aria-hidden />}
            loading={isFetching}
            onClick={() => void refetch()}
          >
            {t('doctor.again')}
          </Button>
          <Button onClick={onClose} data-autofocus>
            {t('common.close')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

const order = ['bad', 'unsure', 'good'] as const;

interface FindingsProps {
  readonly report: DiagnosticReport;
  onFixed(): void;
}

function Findings({ report: { verdict, verdictMessage, findings }, onFixed }: FindingsProps) {
  const worst = order.find((state) => findings.some((finding) => finding.state === state)) ?? 'good';
  const kind = { bad: 'bad', unsure: 'warn', good: 'plain' } as const;
  const sorted = [...findings].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return (
    <>
      <Note kind={kind[worst]} urgent>
        {messageText(verdictMessage, verdict)}
      </Note>
      <ul className="findings">
        {sorted.map((finding) => (
          <FindingRow key={`${finding.subject} ${finding.check} ${finding.text}`} finding={finding} onFixed={onFixed} />
        ))}
      </ul>
    </>
  );
}

const iconOf = { bad: IconCircleX, unsure: IconHelpCircle, good: IconCircleCheck };

function FindingRow({ finding, onFixed }: { readonly finding: Finding; onFixed(): void }) {
  const { t } = useTranslation();
  const { subject, state, text, advice, fix } = finding;
  const shownAdvice = advice === undefined ? undefined : messageText(finding.adviceMessage, advice);
  const StateIcon = iconOf[state];
  return (
    <li className={`finding finding-${state}`}>
      <StateIcon size={17} stroke={1.7} className="finding-icon" aria-label={t(`doctor.state.${state}`)} />
      <div className="finding-text">
        <span className="finding-subject">{messageText(finding.subjectMessage, subject)}</span>{' '}
        {messageText(finding.textMessage, text)} {shownAdvice && <span className="faint">{shownAdvice}</span>}
      </div>
      {fix && <FixButton fix={fix} onFixed={onFixed} />}
    </li>
  );
}

type Fix = NonNullable<Finding['fix']>;

function FixButton({ fix: { label, labelMessage, method, input }, onFixed }: { readonly fix: Fix; onFixed(): void }) {
  const act = useAct(method);
  return (
    <Stack gap={4} align="flex-end">
      <Button
        size="compact-sm"
        variant="default"
        loading={act.isPending}
        onClick={() => act.mutate(input as never, { onSuccess: onFixed })}
      >
        {messageText(labelMessage, label)}
      </Button>
      <ProblemNote problem={act.error} />
    </Stack>
  );
}
