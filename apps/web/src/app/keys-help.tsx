import { Modal, Switch } from 'antd';
import { singleKeys, useSingleKeys } from '../shared/keys/use-keys.ts';
import { text } from '../shared/text/zh-CN.ts';
import { Facts, Kbd, Muted } from '../shared/ui/small.tsx';

const { list, ...words } = text.keys;
const keys: readonly [keyof typeof list, readonly string[]][] = [
  ['next', ['j']],
  ['previous', ['k']],
  ['agree', ['a']],
  ['back', ['r']],
  ['open', ['o']],
  ['submit', ['Ctrl', 'Enter']],
  ['search', ['/']],
  ['goTasks', ['g', 't']],
  ['goWorkbench', ['g', 'w']],
  ['goStart', ['g', 's']],
  ['all', ['?']],
];

/** All keys, and the switch for those of one letter. */
export function KeysHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const on = useSingleKeys();
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={words.title} width={420} destroyOnHidden>
      <p style={{ marginBottom: 12 }}>
        <Muted>{words.intro}</Muted>
      </p>
      <Facts
        items={keys.map(([act, pressed]) => ({
          key: act,
          label: pressed.map((key) => (
            <span key={key}>
              <Kbd>{key}</Kbd>{' '}
            </span>
          )),
          value: list[act],
        }))}
      />
      <p style={{ marginTop: 16, display: 'flex', gap: 8, alignItems: 'center' }}>
        <Switch id="single-keys" checked={on} onChange={singleKeys.set} size="small" />
        <label htmlFor="single-keys">{words.singleKeys}</label>
      </p>
      <Muted small>{words.singleKeysHelp}</Muted>
    </Modal>
  );
}
