import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { ratingTitles } from '../../../../../libs/domain/person-words.ts';
import { longDate } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import type { Person } from './person-page.tsx';
import { RatingDialog } from './rating-dialog.tsx';

const words = text.roster.ratings;

/** 年度考核等次, each year as it stands on record; the county over the person records them. */
export function RatingsCard({ person }: { person: Person }) {
  const [recording, setRecording] = useState(false);
  const { columns } = words;
  return (
    <Card
      title={words.title}
      extra={
        person.mayRate && (
          <Button size="small" icon={<PlusOutlined aria-hidden />} className="no-print" onClick={() => setRecording(true)}>
            {words.record}
          </Button>
        )
      }
      flush
    >
      {person.ratings.length === 0 ? (
        <Empty>{words.none}</Empty>
      ) : (
        <DataTable
          label={words.title}
          rows={person.ratings}
          rowKey={({ year }) => String(year)}
          columns={[
            { key: 'year', title: columns.year, cell: ({ year }) => year, tight: true },
            { key: 'rating', title: columns.rating, cell: ({ rating }) => <b>{ratingTitles[rating]}</b>, tight: true },
            { key: 'finalOn', title: columns.finalOn, cell: ({ finalOn }) => (finalOn ? longDate(finalOn) : words.notKnown), tight: true },
            { key: 'documentNo', title: columns.documentNo, cell: ({ documentNo, ground }) => documentNo ?? ground },
          ]}
        />
      )}
      {recording && <RatingDialog person={person} onClose={() => setRecording(false)} />}
    </Card>
  );
}
