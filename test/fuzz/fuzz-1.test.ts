import { testHalf } from './fuzz-half.ts'

testHalf(1)
