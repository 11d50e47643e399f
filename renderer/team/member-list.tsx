import { Button, Loader, Table, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamMember } from '../../preload/contract/index.ts';
import { useHookNames } from '../hook-name.ts';
import { countText } from '../numbers.ts';
import { ConfirmDialog, ProblemNote } from '../parts/index.ts';
import { useAct, useAnswer, useHooks } from '../queries.ts';
import { Ago } from '../time.tsx';
import { useFresh } from './use-fresh.ts';

/** The members that receive events from this computer, with the progress of each. */
export function MemberList() {
  const { t } = useTranslation();
  const members = useFresh(useAnswer('team.members', {}));
  return (
    <section aria-label={t('teamMembers.title')}>
      <Title order={2} className="team-heading">
        {t('teamMembers.title')}
      </Title>
      <ProblemNote problem={members.error} onRetry={() => void members.refetch()} />
      {!members.data && !members.error && <Loader size="sm" aria-label={t('common.loading')} />}
      {members.data?.length === 0 && (
        <p className="faint team-none">
          {t('teamMembers.none')}. {t('teamMembers.noneHelp')}
        </p>
      )}
      {members.data && members.data.length > 0 && <Members members={members.data} />}
    </section>
  );
}

function Members({ members }: { readonly members: readonly TeamMember[] }) {
  const { t } = useTranslation();
  const [removing, setRemoving] = useState<TeamMember>();
  const headings = ['name', 'state', 'waiting', 'seen', 'receives'] as const;
  return (
    <>
      <Table.ScrollContainer minWidth={640}>
        <Table className="team-members">
          <Table.Thead>
            <Table.Tr>
              {headings.map((heading) => (
                <Table.Th key={heading}>{t(`teamMembers.${heading}`)}</Table.Th>
              ))}
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.map((member) => (
              <MemberRow key={member.id} member={member} onRemove={() => setRemoving(member)} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {removing && <RemoveMember member={removing} onClose={() => setRemoving(undefined)} />}
    </>
  );
}

interface MemberRowProps {
  readonly member: TeamMember;
  onRemove(): void;
}

function MemberRow({ member, onRemove }: MemberRowProps) {
  const { t } = useTranslation();
  const { name, connected, behind, lastSeen } = member;
  const receives = useFilterText(member);
  return (
    <Table.Tr>
      <Table.Td className="team-name">{name}</Table.Td>
      <Table.Td>
        <span className="team-state">
          <span className={`lamp-dot ${connected ? 'lamp-good' : 'lamp-off'}`} aria-hidden />
          {connected ? t('teamMembers.connected') : t('teamMembers.away')}
        </span>
      </Table.Td>
      <Table.Td className="tabular">{behind === undefined ? '' : countText(behind)}</Table.Td>
      <Table.Td>{lastSeen ? <Ago time={lastSeen} /> : t('teamMembers.never')}</Table.Td>
      <Table.Td className="team-receives">{receives}</Table.Td>
      <Table.Td className="team-remove">
        <Button
          variant="default"
          size="compact-sm"
          className="danger"
          aria-label={t('teamMembers.removeNamed', { name })}
          onClick={onRemove}
        >
          {t('teamMembers.remove')}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

/** The filter with names; ids of what no longer exists are shown unchanged. */
function useFilterText({ filter }: TeamMember): string {
  const { t } = useTranslation();
  const names = useHookNames();
  const hooks = useHooks().data ?? [];
  const hookName = (id: string) => {
    const hook = hooks.find((one) => one.id === id);
    return hook ? names.long(hook) : id;
  };
  const parts = [
    (filter.connections ?? []).map((id) => names.connection(id) ?? id),
    (filter.hooks ?? []).map(hookName),
    filter.events ?? [],
  ].filter((list) => list.length > 0);
  return parts.length === 0 ? t('teamMembers.everything') : parts.map((list) => list.join(', ')).join(' · ');
}

function RemoveMember({ member, onClose }: { readonly member: TeamMember; onClose(): void }) {
  const { t } = useTranslation();
  const remove = useAct('team.remove');
  return (
    <ConfirmDialog
      danger
      title={t('teamMembers.removeTitle', { name: member.name })}
      text={t('teamMembers.removeText')}
      action={t('teamMembers.remove')}
      pending={remove.isPending}
      problem={remove.error}
      onConfirm={() => remove.mutate({ member: member.id }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
