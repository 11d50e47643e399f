import './first-steps.css';
import { Button, Loader, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useConnections, useConnectors, useHooks, useStatus } from '../queries.ts';
import type { View } from '../view.ts';
import { useWindow } from '../window-context.ts';
import { nextStep, type Step, stepsFor } from './next-step.ts';
import { OpenTunnel } from './open-tunnel.tsx';
import { TestEvent } from './test-event.tsx';

const viewOf: Record<Step, View> = {
  connection: { page: 'connections', form: 'connection' },
  tunnel: { page: 'settings' },
  hook: { page: 'hooks', form: 'hook' },
  wait: { page: 'hooks' },
  backup: { page: 'backups' },
};

/** Steps that are done on this page and not on another. */
const takenHere: readonly Step[] = ['tunnel', 'wait'];

/** The steps to the first event, with the next one marked. */
export function FirstSteps() {
  const { t } = useTranslation();
  const connections = useConnections().data;
  const connectors = useConnectors().data;
  const hooks = useHooks().data;
  const tunnel = useStatus()?.tunnel.state;
  if (!connections || !connectors || !hooks || !tunnel)
    return <Loader size="sm" m="lg" aria-label={t('common.loading')} />;
  const steps = stepsFor(connections, connectors);
  const next = steps.indexOf(nextStep({ connections, hooks, tunnel }, steps));
  return (
    <ol className="first-steps" aria-label={t('firstSteps.steps')}>
      {steps.map((step, index) => (
        <StepItem key={step} step={step} number={index + 1} done={index < next} present={index === next} />
      ))}
    </ol>
  );
}

interface StepItemProps {
  readonly step: Step;
  readonly number: number;
  readonly done: boolean;
  readonly present: boolean;
}

function StepItem({ step, number, done, present }: StepItemProps) {
  const { t } = useTranslation();
  const { view } = useWindow();
  return (
    <li className={present ? 'step step-present' : 'step'} aria-current={present ? 'step' : undefined}>
      <span className={done ? 'step-mark step-done' : 'step-mark'}>
        {done ? <IconCheck size={15} stroke={2.4} aria-label={t('firstSteps.done')} /> : number}
      </span>
      <div>
        <Title order={2} size="h3">
          {t(`firstSteps.${step}Title`)}
        </Title>
        {!done && (
          <Text size="sm" c="dimmed">
            {t(`firstSteps.${step}`)}
          </Text>
        )}
        {present && (
          <Button
            mt="sm"
            variant={takenHere.includes(step) ? 'default' : 'filled'}
            onClick={() => view.set(viewOf[step])}
          >
            {t(`firstSteps.${step}Action`)}
          </Button>
        )}
        {present && step === 'tunnel' && <OpenTunnel />}
        {present && step === 'wait' && <TestEvent />}
      </div>
    </li>
  );
}
