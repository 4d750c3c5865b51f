package dev.longshore.aws.dynamodb;

import java.util.List;

/** What whoever makes the table must know of its items; all key attributes are text. */
public final class TableLayout {
  /** Partition key. */
  public static final String PARTITION = Attr.PARTITION;

  /** Sort key. */
  public static final String SORT = Attr.SORT;

  /** Name of the one index. */
  public static final String INDEX = "line";

  /** Partition key of the index. */
  public static final String INDEX_PARTITION = Attr.LINE;

  /** Sort key of the index. */
  public static final String INDEX_SORT = Attr.PLACE;

  /** What else stands in the index. */
  public static final List<String> PROJECTED = SpecCodec.PROJECTED;

  /** Epoch seconds after which an item may be deleted. */
  public static final String EXPIRY = Attr.EXPIRY;

  private TableLayout() {}
}
