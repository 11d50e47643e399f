import { Button, Group, Switch, Title } from '@mantine/core';
import { IconDoorExit, IconKey, IconServer } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamStatus } from '../../preload/contract/index.ts';
import { messageText } from '../message-text.ts';
import { countText } from '../numbers.ts';
import { ConfirmDialog, Fact, Facts, Note, ProblemNote } from '../parts/index.ts';
import { useAct, useAnswer } from '../queries.ts';
import { Ago } from '../time.tsx';
import { useWindow } from '../window-context.ts';
import { StandbyDialog } from './invite-dialog.tsx';

const lampOf = { up: 'lamp-good', connecting: 'lamp-busy', down: 'lamp-bad' } as const;

interface TeamCardProps {
  readonly team: TeamStatus;
}

/** The state of the team and its server. */
export function TeamCard({ team }: TeamCardProps) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const [leaving, setLeaving] = useState(false);
  const [renewing, setRenewing] = useState(false);
  const isReceiver = team.role === 'receiver' && !team.standby;
  const problem = team.problemMessage?.code;
  const isReplaced = problem !== undefined && replacedProblems.includes(problem);
  return (
    <section className="card" aria-label={team.team}>
      <Group justify="space-between" align="start" gap="sm">
        <div>
          <Title order={2}>{team.team}</Title>
          <div className="team-state">
            <span className={`lamp-dot ${lampOf[team.state]}`} aria-hidden />
            {t(`team.state.${team.state}`)}
          </div>
        </div>
        <Group gap="xs">
          {isReceiver && (
            <Button variant="default" leftSection={<IconKey size={15} aria-hidden />} onClick={() => setRenewing(true)}>
              {t('team.renewKey')}
            </Button>
          )}
          {isReceiver && (
            <Button
              variant="default"
              leftSection={<IconServer size={15} aria-hidden />}
              onClick={() => view.set({ page: 'team', form: 'server' })}
            >
              {t('team.server')}
            </Button>
          )}
          <Button
            variant="default"
            className="danger"
            leftSection={<IconDoorExit size={15} aria-hidden />}
            onClick={() => setLeaving(true)}
          >
            {isReceiver ? t('team.end') : t('team.leave')}
          </Button>
        </Group>
      </Group>
      {team.problem && (
        <Note kind="warn" title={titleOf(problem, t)} action={isReplaced && <TakeOver team={team} />}>
          {messageText(team.problemMessage, team.problem)}
        </Note>
      )}
      <TeamFacts team={team} />
      {!isReceiver && <AwayAlert />}
      {renewing && <RenewKeyDialog onClose={() => setRenewing(false)} />}
      {leaving && <LeaveDialog team={team} onClose={() => setLeaving(false)} />}
    </section>
  );
}

/** Problems while another computer receives in which this one may take over. */
const replacedProblems: readonly string[] = ['team.replaced', 'team.replacedAway', 'team.standbyForgotten'];

const titles = {
  'team.replaced': 'team.replaced',
  'team.standbyForgotten': 'team.replaced',
  'team.receiverAway': 'team.receiverAway',
  'team.replacedAway': 'team.receiverAway',
  'team.receiverAsleep': 'team.receiverAsleep',
  'team.keyMissing': 'team.keyMissing',
  'team.keyUnknown': 'team.keyMissing',
  'team.unreachable': 'team.notConnected',
  'team.keyRejected': 'team.notConnected',
  'team.notConnected': 'team.notConnected',
  'team.serverUntrusted': 'team.notConnected',
  'team.serverUnencrypted': 'team.notConnected',
  'team.credentialsExpired': 'team.notConnected',
  'team.signInTimeout': 'team.notConnected',
  'team.tooManyConnections': 'team.notConnected',
} as const;

function titleOf(problem = '', t: TFunction): string {
  return t(Object.hasOwn(titles, problem) ? titles[problem as keyof typeof titles] : 'team.problem');
}

/** Makes this computer the receiver now, or lets it become that automatically while the team has none. */
function TakeOver({ team }: TeamCardProps) {
  const { t } = useTranslation();
  const takeOver = useAct('team.takeOver');
  const standBy = useAct('team.standby');
  const isAutomatic = team.standby?.after !== undefined;
  return (
    <Group gap="xs">
      <Button variant="default" loading={standBy.isPending} onClick={() => standBy.mutate({ automatic: !isAutomatic })}>
        {t(isAutomatic ? 'team.standbyTurnOff' : 'team.standbyTurnOn')}
      </Button>
      <Button variant="default" loading={takeOver.isPending} onClick={() => takeOver.mutate({})}>
        {t('team.takeOver')}
      </Button>
      <ProblemNote problem={takeOver.error ?? standBy.error} />
    </Group>
  );
}

/** Renews a key that may have become known outside the team. */
function RenewKeyDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const renew = useAct('team.rotateKey');
  return (
    <ConfirmDialog
      title={t('team.renewKeyTitle')}
      text={t('team.renewKeyText')}
      action={t('team.renewKey')}
      pending={renew.isPending}
      problem={renew.error}
      onConfirm={() => renew.mutate({}, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

function roleText({ role, standby, receiver = '' }: TeamStatus, t: TFunction): string {
  if (role === 'member') return t('team.member', { receiver });
  return t(standby ? 'team.standsBy' : 'team.receiver');
}

/** Whether this computer takes over automatically, or which ones would take over from it. */
function StandbyFact({ team: { role, standby, standbys = [] } }: TeamCardProps) {
  const { t } = useTranslation();
  const [inviting, setInviting] = useState(false);
  if (standby)
    return (
      <Fact label={t('team.standby')}>
        {standby.after === undefined
          ? t('team.standbyByHand')
          : t('team.standbyAfter', { number: countText(standby.after) })}
      </Fact>
    );
  if (role !== 'receiver') return null;
  return (
    <Fact label={t('team.standby')}>
      {standbys.map((standby) => (
        <KnownStandby key={standby.id} standby={standby} />
      ))}
      <Button variant="default" size="compact-sm" onClick={() => setInviting(true)}>
        {t('team.inviteStandby')}
      </Button>
      {inviting && <StandbyDialog onClose={() => setInviting(false)} />}
    </Fact>
  );
}

/** A standby of this computer, which can be forgotten. */
function KnownStandby({ standby }: { readonly standby: NonNullable<TeamStatus['standbys']>[number] }) {
  const { t } = useTranslation();
  const [forgetting, setForgetting] = useState(false);
  const forget = useAct('team.forgetStandby');
  const { id, computer, after } = standby;
  const close = () => setForgetting(false);
  return (
    <Group gap="xs">
      {after === undefined
        ? t('team.standbyOfByHand', { computer })
        : t('team.standbyOf', { computer, number: countText(after) })}
      <Button
        variant="subtle"
        size="compact-sm"
        aria-label={t('team.forgetStandbyNamed', { computer })}
        onClick={() => setForgetting(true)}
      >
        {t('team.forgetStandby')}
      </Button>
      {forgetting && (
        <ConfirmDialog
          danger
          title={t('team.forgetStandbyTitle', { computer })}
          text={t('team.forgetStandbyText')}
          action={t('team.forgetStandby')}
          pending={forget.isPending}
          problem={forget.error}
          onConfirm={() => forget.mutate({ standby: id }, { onSuccess: close })}
          onClose={close}
        />
      )}
    </Group>
  );
}

/** Whether the user is notified while no computer receives, which not every member can repair. */
function AwayAlert() {
  const { t } = useTranslation();
  const settings = useAnswer('settings.get', {}).data;
  const save = useAct('settings.set');
  if (!settings) return null;
  const { notifications } = settings;
  return (
    <>
      <Switch
        label={t('team.awayAlert')}
        checked={notifications.teamAwayAlert ?? true}
        onChange={({ currentTarget: { checked } }) =>
          save.mutate({ notifications: { ...notifications, teamAwayAlert: checked } })
        }
      />
      <ProblemNote problem={save.error} />
    </>
  );
}

function TeamFacts({ team }: TeamCardProps) {
  const { t } = useTranslation();
  const { role, servers = [], behind, lastEvent } = team;
  const amount = { count: behind, number: countText(behind) };
  return (
    <Facts>
      <Fact label={t('team.role')}>{roleText(team, t)}</Fact>
      <StandbyFact team={team} />
      <Fact label={t('team.servers')}>
        <span className="mono">{servers.join(', ')}</span>
      </Fact>
      {(role === 'receiver' || team.state === 'up') && (
        <Fact label={t('team.waiting')}>
          {role === 'receiver' ? t('team.toPublish', amount) : t('team.toReceive', amount)}
        </Fact>
      )}
      <Fact label={t('team.lastEvent')}>{lastEvent && <Ago time={lastEvent} />}</Fact>
    </Facts>
  );
}

function LeaveDialog({ team, onClose }: TeamCardProps & { onClose(): void }) {
  const { t } = useTranslation();
  const leave = useAct('team.leave');
  const isReceiver = team.role === 'receiver' && !team.standby;
  const name = { team: team.team ?? '' };
  return (
    <ConfirmDialog
      danger
      title={isReceiver ? t('team.endTitle', name) : t('team.leaveTitle', name)}
      text={isReceiver ? t('team.endText') : t('team.leaveText')}
      action={isReceiver ? t('team.end') : t('team.leave')}
      confirmation={isReceiver && (team.members ?? 0) > 0 ? t('team.endConfirm') : undefined}
      pending={leave.isPending}
      problem={leave.error}
      onConfirm={() => leave.mutate({}, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
