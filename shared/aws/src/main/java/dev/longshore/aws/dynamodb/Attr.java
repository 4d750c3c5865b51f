package dev.longshore.aws.dynamodb;

/**
 * Names of the keys and of the attributes that more than one kind of item has. They are short,
 * because every byte of a name is paid for in every item; the others stand in the codec that uses
 * them. None is a reserved word, so expressions name them as they are.
 */
final class Attr {
  static final String PARTITION = "pk";
  static final String SORT = "sk";

  /** Partition of the index: {@code <queue>#<lane>}. Whole jobs only. */
  static final String LINE = "lp";

  /** Order in the index: 13 digits of epoch ms and the job's ID. */
  static final String PLACE = "lo";

  static final String VERSION = "v";

  /** Epoch seconds after which the item is hidden and may be deleted. */
  static final String EXPIRY = "x";

  /** The wire module's JSON. */
  static final String DOCUMENT = "j";

  static final String TAGS = "u";

  static final String NAME = "n";
  static final String SHAPE = "z";
  static final String CREATED_AT = "t";

  private Attr() {}
}
