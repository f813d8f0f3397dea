import type { alerts as english } from '../en/alerts.ts'
import type { In } from '../kinds.ts'

export const alerts: In<'fr', typeof english> = {
  title: 'À regarder',
  about: 'Ce dont personne ne s’occupe encore. Cela disparaît seul une fois réglé.',
  none: 'Rien à regarder.',
  seen: 'Je l’ai vu',
  seenBy: 'Vu par {who}, {time}',
  since: 'depuis {time}',
  open: 'Ouvrir {number}',
  what_order_waiting: 'Personne n’a confirmé la commande en ligne {name}',
  do_order_waiting: 'Le client attend une réponse. Confirmez-la, ou annulez-la en disant pourquoi.',
  what_order_late: 'La commande {name} a dépassé l’heure promise',
  do_order_late: 'À faire en premier ; dites au client quand elle sera là.',
  what_card_waiting: 'On ne sait pas encore ce qu’est devenue une carte sur la commande {name}',
  do_card_waiting: 'Regardez le terminal. N’encaissez pas une seconde fois avant sa réponse.',
  what_printer: 'Imprimante {name} : {trouble}',
  do_printer: 'Papier, capot, câble. Ce qui attend s’imprime dès qu’elle remarche.',
  what_centre: 'La centrale n’a plus rien reçu d’ici',
  do_centre: 'La vente continue, rien n’est perdu. Vérifiez la connexion internet.',
  what_oversold: 'Il s’est vendu plus de {name} qu’il n’y en avait',
  do_oversold: 'Comptez ce qui reste et prévenez les clients qui attendent.',
  what_sold_out: '{name} : épuisé',
  do_sold_out: 'On ne peut plus le saisir. S’il en reste, comptez-le.',
  what_low_stock: 'Il reste peu de {name}',
  do_low_stock: 'Commandez-en, ou comptez s’il y en a davantage.',
}
