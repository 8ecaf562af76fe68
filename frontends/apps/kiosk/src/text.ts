import { useTexts } from '@app/ui';
import type texts from '../locales/en.json';

/** The texts of this frontend. None of them counts anything: its language changes without a new page. */
export const useText = useTexts<keyof typeof texts>;
