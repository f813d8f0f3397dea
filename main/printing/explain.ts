import type { PrintRefusal } from '../../protocol/screens.ts'

export function explainPrintRefusal(refusal: PrintRefusal): string {
  switch (refusal) {
    case 'no_printer':
      return 'No receipt printer is set up for this till.'
    case 'no_drawer':
      return 'No cash drawer is set up for this till.'
    case 'printer_not_found':
      return 'The store has no such printer.'
    case 'no_kitchen_printer':
      return 'No printer has slips of this order.'
    case 'check_not_found':
      return 'The bill has no such check.'
  }
}
