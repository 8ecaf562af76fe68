import { useTexts } from '@app/ui';
import type texts from '../locales/en.json';

/** The texts of this frontend. */
export const useText = useTexts<keyof typeof texts>;
