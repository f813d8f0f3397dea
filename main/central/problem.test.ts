import { expect, test } from 'vitest'
import { problemOf } from './problem.ts'

test('[P3] a question that takes the database too long is given up, and says so', () => {
  const cancelled = Object.assign(new Error('canceling statement due to statement timeout'), {
    code: '57014',
  })
  expect(problemOf(cancelled)).toMatchObject({ status: 503, code: 'took_too_long' })
  expect(problemOf(new Error('a fault'))).toMatchObject({ status: 500, code: 'internal_error' })
})
