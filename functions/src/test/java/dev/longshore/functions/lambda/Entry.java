package dev.longshore.functions.lambda;

/** The functions, by what calls them. */
enum Entry {
  API,
  PROGRESS,
  PUBLISH,
  SCHEDULER,
  CAPACITY,
  OBSERVE,
  WORK,
  SWEEP
}
