import { GraphError, gql, navigate } from '@app/sdk';
import { Button, Card, Form, type FormProblems, TextField } from '@app/ui';
import { useState } from 'react';
import { FindOrderDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';

const nothing: FormProblems = { fields: {}, whole: null };

/** Opens an order by its locator and a family name. Both go to the graph alone, and into no address. */
export function Find() {
  const t = useText();
  const [problems, setProblems] = useState(nothing);
  const [isPending, setPending] = useState(false);
  const send = async (values: FormData) => {
    setPending(true);
    setProblems(nothing);
    try {
      const { orderByRecordLocator: found } = await gql(FindOrderDocument, {
        recordLocator: String(values.get('recordLocator')).trim().toUpperCase(),
        familyName: String(values.get('familyName')).trim(),
      });
      if (found) return navigate(`/orders/${found.id}`);
      setProblems({ fields: {}, whole: t('find.none') });
    } catch (error) {
      const isWrong = error instanceof GraphError && error.code === 'BAD_USER_INPUT';
      setProblems(
        isWrong
          ? { fields: { recordLocator: t('find.wrong') }, whole: null }
          : { fields: {}, whole: t('find.failed') },
      );
    } finally {
      setPending(false);
    }
  };
  return (
    <Card title={t('find')}>
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={isPending}>
            {t('find.open')}
          </Button>
        }
      >
        <TextField
          label={t('find.locator')}
          name="recordLocator"
          help={t('find.locator.help')}
          maxLength={6}
          autoComplete="off"
          isRequired
        />
        <TextField label={t('find.name')} name="familyName" autoComplete="off" isRequired />
      </Form>
    </Card>
  );
}
