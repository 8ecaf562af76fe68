/** Insight: how things stand, in figures that lead to what they count. */
import { defineFrontend } from '@app/ui';
import { Route, Switch } from 'wouter';
import { InsightPage } from './page.tsx';

function Insight() {
  return (
    <Switch>
      <Route path="/">
        <InsightPage />
      </Route>
    </Switch>
  );
}

export default defineFrontend('insight', Insight, {
  en: () => import('../locales/en.json'),
  ar: () => import('../locales/ar.json'),
});
