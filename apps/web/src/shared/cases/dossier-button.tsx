import { FileZipOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useAct } from '../api/hooks.ts';
import { sentenceOf } from '../api/problem.ts';
import { holds, useMe } from '../session/me.ts';
import { text } from '../text/zh-CN.ts';

const words = text.common.dossier;
const dossierRoutes = { case: routes.caseDossier, person: routes.personDossier };

/** 导出卷宗 of a case or a person, for those who oversee it and for auditors; it takes some seconds, until its own entry is sealed. */
export function DossierButton({ of, id, name }: { of: 'case' | 'person'; id: string; name: string }) {
  const me = useMe();
  const { message } = App.useApp();
  const make = useAct(dossierRoutes[of], (blob) => {
    saveAs(blob, `${words.file(name)}.zip`);
    message.success(words.done);
  });
  if (!holds(me, ...dossierRoutes[of].access.roles)) return null;
  return (
    <Button
      size="small"
      className="no-print"
      icon={<FileZipOutlined aria-hidden />}
      loading={make.isPending}
      onClick={() => make.mutate({ params: { id } }, { onError: (error) => void message.error(sentenceOf(error)) })}
    >
      {words[of]}
    </Button>
  );
}

function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
