/** Orders: what customers bought, and the journeys in it. */
import { defineFrontend } from '@app/ui';
import { Route, Switch } from 'wouter';
import { OrderListPage } from './list/page.tsx';
import { OrderPage } from './order/page.tsx';

function Orders() {
  return (
    <Switch>
      <Route path="/">
        <OrderListPage />
      </Route>
      <Route path="/:id">{({ id }) => <OrderPage key={id} id={id} />}</Route>
    </Switch>
  );
}

export default defineFrontend('orders', Orders, {
  en: () => import('../locales/en.json'),
  ar: () => import('../locales/ar.json'),
});
