import { Fragment, type ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { currentLocale, i18n } from './say.ts'

/**
 * A screen in the language of its device. Another language builds the whole screen anew: what has
 * been entered in an open sheet is lost then, and no component has to listen for the change.
 */
export function Worded({ children }: { readonly children: ReactNode }) {
  useTranslation(undefined, { i18n, useSuspense: false })
  const locale = currentLocale()
  return (
    <I18nProvider locale={locale}>
      <Fragment key={locale}>{children}</Fragment>
    </I18nProvider>
  )
}
