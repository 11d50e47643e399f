import { buildSchema, type GraphQLSchema } from 'graphql';

interface SchemaOptions {
  /** Whether the list of webhooks is paged; not documented. */
  readonly paged: boolean;
  /** Whether the argument of `updateWebhook` is named `webhook`; not documented. */
  readonly renewable: boolean;
}

const shared = `
  scalar DateTime
  input PaginationInput { cursor: String limit: Int }
  type Pagination { cursor: String pageSize: Int }
  input NameFilter { name: String }
`;

/** The schema of version 1, formerly the Fusion Data API, which alone has webhooks. */
export function createSchema({ paged, renewable }: SchemaOptions): GraphQLSchema {
  return buildSchema(`
    ${shared}
    enum WebhookEventTypeEnum { MILESTONE_CREATED }
    type Webhook {
      id: ID!
      componentId: ID!
      eventType: WebhookEventTypeEnum!
      callbackURL: String!
      filters: [String!]
      expiresOn: DateTime
      secretToken: String
    }
    type Webhooks { ${paged ? 'pagination: Pagination' : ''} results: [Webhook]! }
    input CreateWebhookInput {
      componentId: ID!
      eventType: WebhookEventTypeEnum!
      callbackURL: String!
      filters: [String!]
      expiresOn: DateTime
      secretToken: String
    }
    input UpdateWebhookInput { id: ID! expiresOn: DateTime secretToken: String }
    interface Item { id: ID! name: String }
    type Items { pagination: Pagination results: [Item]! }
    type Folder implements Item {
      id: ID!
      name: String
      items(filter: NameFilter, pagination: PaginationInput): Items
    }
    type ComponentVersion { id: ID! name: String }
    type Component implements Item { id: ID! name: String tipVersion: ComponentVersion }
    type Project { id: ID! name: String rootFolder: Folder }
    type Projects { pagination: Pagination results: [Project]! }
    type Hub { id: ID! name: String projects(filter: NameFilter, pagination: PaginationInput): Projects }
    type Hubs { pagination: Pagination results: [Hub]! }
    type Query {
      hubs(filter: NameFilter, pagination: PaginationInput): Hubs
      projects(hubId: ID!, filter: NameFilter, pagination: PaginationInput): Projects
      project(projectId: ID!): Project
      item(projectId: ID!, itemId: ID!): Item
      component(componentId: ID!): Component
      webhooks${paged ? '(pagination: PaginationInput)' : ''}: Webhooks
      webhook(webhookId: String!): Webhook
    }
    type Mutation {
      createWebhook(webhook: CreateWebhookInput!): Webhook
      updateWebhook(${renewable ? 'webhook' : 'input'}: UpdateWebhookInput!): Webhook
      deleteWebhook(webhookId: String!): String
    }
  `);
}

/** The schema of versions 2 and 3, which have listeners instead of webhooks. */
export function createLaterSchema(): GraphQLSchema {
  return buildSchema(`
    ${shared}
    type Project { id: ID! name: String }
    type Projects { pagination: Pagination results: [Project]! }
    type Hub { id: ID! name: String }
    type Hubs { pagination: Pagination results: [Hub]! }
    input AddEventListenerInput { targetId: ID! eventType: String! expiration: DateTime! channelId: String! }
    type EventListener { id: ID! targetId: ID! eventType: String! }
    type AddEventListenerPayload { eventListener: EventListener }
    type Query {
      hubs(filter: NameFilter, pagination: PaginationInput): Hubs
      projects(hubId: ID!, filter: NameFilter, pagination: PaginationInput): Projects
    }
    type Mutation { addEventListener(input: AddEventListenerInput!): AddEventListenerPayload }
  `);
}
