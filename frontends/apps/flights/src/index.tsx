/** Flights: what flies today, what went wrong, and what it costs. */
import { defineFrontend } from '@app/ui';
import { Route, Switch } from 'wouter';
import { BoardPage } from './board/page.tsx';
import { FlightPage } from './flight/page.tsx';

function Flights() {
  return (
    <Switch>
      <Route path="/">
        <BoardPage />
      </Route>
      <Route path="/:id">{({ id }) => <FlightPage key={id} id={id} />}</Route>
    </Switch>
  );
}

export default defineFrontend('flights', Flights, {
  en: () => import('../locales/en.json'),
  ar: () => import('../locales/ar.json'),
});
