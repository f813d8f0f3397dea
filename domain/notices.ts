/** Messages to guests: where they go, and in which words. */

export const NOTICE_CHANNELS = ['email', 'sms', 'push'] as const
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number]

export const LANGUAGES = ['en', 'de', 'es', 'fr', 'ar'] as const
export type Language = (typeof LANGUAGES)[number]
