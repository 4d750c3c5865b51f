package dev.longshore.aws.dynamodb;

/** What a write is for, so that the cost of a job can be told apart. */
public enum WriteKind {
  JOB_CREATED,
  JOB_SAVED,
  DOCUMENT,
  TAGS,
  CHILD_CREATED,
  CHILD_SAVED,
  /** Elements: children whose state changed. */
  PAGE,
  /** The expiry of a page, when its parent ends. */
  PAGE_EXPIRY,
  EDGE,
  /** Elements: reservations taken. */
  RESERVED,
  /** Elements: reservations given back. */
  RELEASED,
  /** What a host is. */
  HOST,
  FLEET,
  HOLDS,
  SHARES,
  /** How far rounds have looked in a line. */
  SEARCH,
  QUEUE,
  ENVIRONMENT,
  DEFINITION,
  /** Which ECS task definition was registered. */
  TASK_DEFINITION,
  POLICY,
  CONSUMABLE,
  /** Elements: claims taken of consumable resources, given back or used up. */
  CLAIMS,
  SALT,
  /** The daily refresh of instance types. */
  TYPES,
  PURGED
}
