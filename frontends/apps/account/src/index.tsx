/** The customer's own place: their next trip, what happened to it, what they get for it, and everything about them. */
import { defineFrontend, useScale } from '@app/ui';
import { Route, Switch } from 'wouter';
import { AskPage } from './ask/page.tsx';
import { CaseListPage } from './cases/list.tsx';
import { OpenCasePage } from './cases/open.tsx';
import { CasePage } from './cases/page.tsx';
import { ClaimListPage } from './claims/list.tsx';
import { ClaimPage } from './claims/page.tsx';
import { DetailsPage } from './details/page.tsx';
import { HomePage } from './home/page.tsx';
import { MessagesPage } from './messages/page.tsx';
import { AccountNavigation } from './navigation.tsx';
import { TripListPage } from './trip/list.tsx';
import { TripPage } from './trip/page.tsx';

function Account() {
  useScale('hand');
  return (
    <>
      <AccountNavigation />
      <Switch>
        <Route path="/" component={HomePage} />
        <Route path="/ask" component={AskPage} />
        <Route path="/trips" component={TripListPage} />
        <Route path="/trips/:id">{({ id }) => <TripPage key={id} id={id} />}</Route>
        <Route path="/claims" component={ClaimListPage} />
        <Route path="/claims/:id">{({ id }) => <ClaimPage key={id} id={id} />}</Route>
        <Route path="/cases" component={CaseListPage} />
        <Route path="/cases/new" component={OpenCasePage} />
        <Route path="/cases/:id">{({ id }) => <CasePage key={id} id={id} />}</Route>
        <Route path="/messages" component={MessagesPage} />
        <Route path="/me" component={DetailsPage} />
        <Route component={HomePage} />
      </Switch>
    </>
  );
}

export default defineFrontend('account', Account, {
  en: () => import('../locales/en.json'),
  ar: () => import('../locales/ar.json'),
});
