import './json-tree.css';
import { Button, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countText } from '../../numbers.ts';
import { CopyButton } from '../../parts/index.ts';
import { type JsonMember, type JsonNode, pathOf, valueText } from './json-tree.ts';

/** Number of members that are shown at first, because thousands would freeze the window. */
const firstMembers = 100;
/** Number of levels that are open at first. */
const openLevels = 2;

interface Chosen {
  readonly path: string;
  readonly value: string | undefined;
}

/** A payload as a tree: members open and close, and the selected one shows its path. */
export function JsonTreeView({ root }: { readonly root: JsonNode }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen>();
  const members: readonly JsonMember[] = root.kind === 'value' ? [{ index: 0, key: '$', node: root }] : root.members;
  return (
    <div className="tree">
      <Members
        members={members}
        path={root.kind === 'value' ? '' : '$'}
        level={1}
        chosen={chosen?.path}
        onChoose={setChosen}
      />
      {chosen && (
        <div className="tree-chosen">
          <code>{chosen.path}</code>
          <CopyButton text={chosen.path} label={t('event.copyPath')} caption={t('event.copyPath')} />
          {chosen.value !== undefined && (
            <CopyButton text={chosen.value} label={t('event.copyValue')} caption={t('event.copyValue')} />
          )}
        </div>
      )}
    </div>
  );
}

interface LevelProps {
  readonly path: string;
  readonly level: number;
  /** The path of the selected member. */
  readonly chosen: string | undefined;
  onChoose(member: Chosen): void;
}

function Members({ members, ...level }: LevelProps & { readonly members: readonly JsonMember[] }) {
  const { t } = useTranslation();
  const [most, setMost] = useState(firstMembers);
  const hidden = members.length - most;
  return (
    <ul>
      {members.slice(0, most).map((member) => (
        <Member key={member.index} member={member} {...level} />
      ))}
      {hidden > 0 && (
        <li>
          <Button variant="subtle" size="compact-xs" onClick={() => setMost(most + 10 * firstMembers)}>
            {t('event.moreMembers', { number: countText(hidden) })}
          </Button>
        </li>
      )}
    </ul>
  );
}

function Member({
  member: { key, node },
  path: parent,
  level,
  chosen,
  onChoose,
}: LevelProps & { readonly member: JsonMember }) {
  const [open, setOpen] = useState(level <= openLevels);
  const path = parent === '' ? '$' : pathOf(parent, key);
  const choose = () => {
    onChoose({ path, value: valueText(node) });
    if (node.kind !== 'value') setOpen(!open);
  };
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <li>
      <UnstyledButton
        className={path === chosen ? 'tree-row tree-row-chosen' : 'tree-row'}
        aria-expanded={node.kind === 'value' ? undefined : open}
        onClick={choose}
      >
        <span className="tree-mark">{node.kind !== 'value' && <Chevron size={13} aria-hidden />}</span>
        <span>
          <span className="tree-key">{key}</span>: <NodeText node={node} />
        </span>
      </UnstyledButton>
      {node.kind !== 'value' && open && node.members.length > 0 && (
        <Members members={node.members} path={path} level={level + 1} chosen={chosen} onChoose={onChoose} />
      )}
    </li>
  );
}

function NodeText({ node }: { readonly node: JsonNode }) {
  if (node.kind === 'value')
    return <span className={node.text.startsWith('"') ? 'tree-string' : 'tree-literal'}>{node.text}</span>;
  const count = node.members.length;
  return <span className="faint">{node.kind === 'array' ? `[${countText(count)}]` : `{${countText(count)}}`}</span>;
}
