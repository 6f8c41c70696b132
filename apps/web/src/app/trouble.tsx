import { Button } from 'antd';
import { Link, useRouteError } from 'react-router';
import { text } from '../shared/text/zh-CN.ts';
import { Card } from '../shared/ui/card.tsx';

const words = text.common;
/** Vite's message when a chunk of an older build is gone after an update. */
const isOldBuild = (error: unknown) => error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);

/** A page that could not be drawn: says what is safe and offers a fresh start. */
export function Crashed() {
  const error = useRouteError();
  return (
    <main style={{ maxWidth: 560, margin: '48px auto', padding: 16 }}>
      <Card title={words.product}>
        <p role="alert" style={{ marginBottom: 12 }}>
          {isOldBuild(error) ? words.newVersion : words.crashed}
        </p>
        <Button type="primary" onClick={() => location.reload()}>
          {words.refresh}
        </Button>
      </Card>
    </main>
  );
}

export function NoSuchPage() {
  return (
    <Card title={words.notFoundTitle}>
      <p style={{ marginBottom: 12 }}>{words.notFound}</p>
      <Link to="/">{words.goHome}</Link>
    </Card>
  );
}
