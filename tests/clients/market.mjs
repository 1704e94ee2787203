// What the clients of the market do: the named documents of schema/operations, each as its own client.
import { readFile } from 'node:fs/promises';

export const document = name => readFile(new URL(`../../schema/operations/${name}.graphql`, import.meta.url), 'utf8');

export class Market {
  #tokens = new Map();

  constructor(address) {
    this.address = address;
  }

  async token(client) {
    if (!this.#tokens.has(client)) {
      const response = await fetch(new URL('/connect/token', this.address), {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client, client_secret: 'demo-secret' }),
      });
      if (!response.ok) throw new Error(`No token for ${client}: ${response.status} ${await response.text()}`);
      this.#tokens.set(client, (await response.json()).access_token);
    }
    return this.#tokens.get(client);
  }

  /** The data of an answer without errors and refusals. */
  async ask(client, name, variables = {}) {
    const response = await fetch(new URL('/graphql', this.address), {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json',
        authorization: `Bearer ${await this.token(client)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ query: await document(name), variables }),
    });
    const { data, errors } = await response.json();
    const refusals = Object.values(data ?? {}).flatMap(payload => payload?.errors ?? []);
    if (errors || refusals.length) throw new Error(`${name} as ${client}: ${JSON.stringify(errors ?? refusals)}`);
    return data;
  }

  async head(client) {
    return (await this.ask(client, 'OrderEventsHead')).orderEvents.head;
  }

  /** The log after a position, read page by page. */
  async events(client, after) {
    const events = [];
    for (;;) {
      const { nodes, pageInfo } = (await this.ask(client, 'OrderEvents', { after, first: 3 })).orderEvents;
      events.push(...nodes);
      if (!pageInfo.hasNextPage) return events;
      after = pageInfo.endCursor;
    }
  }

  /** Orders today's offer at today's price for the municipality with this key of its region. */
  async place(client, ars) {
    const startsOn = today();
    const orderedById = (await this.ask(client, 'FindOrganisation', { ars })).organisations.nodes[0].id;
    const { offer } = await this.ask(client, 'OfferForOrganisation', { slug: 'bewohnerparken', organisationId: orderedById, startsOn });
    if (!offer.eligibility.eligible) throw new Error(`${client} may not order: ${JSON.stringify(offer.eligibility.reasons)}`);
    const input = {
      offerId: offer.id,
      orderedById,
      startsOn,
      quoteHash: offer.quote.quote.hash,
      acceptedTerms: offer.terms.map(({ id, sha256 }) => ({ documentId: id, sha256 })),
      declaresAuthorisedToRepresent: true,
      idempotencyKey: crypto.randomUUID(),
    };
    return (await this.ask(client, 'PlaceOrder', { input })).placeOrder.order;
  }

  accept(order) {
    return this.#step('demo-seller', 'AcceptOrder', order, 1);
  }

  provision(order) {
    return this.#step('demo-supplier', 'StartProvisioning', order, 2);
  }

  activate(order) {
    return this.#step('demo-supplier', 'ActivateOrder', order, 3, { activeFrom: today() });
  }

  #step(client, name, { id }, expectedVersion, more = {}) {
    return this.ask(client, name, { input: { orderId: id, expectedVersion, idempotencyKey: crypto.randomUUID(), ...more } });
  }
}

const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date());
