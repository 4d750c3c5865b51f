package dev.longshore.local;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import java.io.File;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/**
 * Opens the embedded DynamoDB. In a file it keeps a write-ahead log: a write is on the disk when it
 * is answered, as with SQLite's usual rollback journal, but costs one flush instead of four ({@code
 * docs/decisions/0005}).
 */
final class Database {
  /** Otherwise the database tells its maker of each start, and leaves a file where we are run. */
  private static final boolean WITHOUT_TELEMETRY = true;

  /** The file remembers it. Where there can be none (network disks) the usual journal stays. */
  private static final String WRITE_AHEAD = "PRAGMA journal_mode=WAL";

  /** A service that was closed just now may still be busy with its last flush; in ms. */
  private static final int PATIENCE = 10_000;

  /** Named here, so that its level is not forgotten with it. */
  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  private Database() {}

  /** The one of this workspace: in its file when that is kept, otherwise in memory. */
  static AmazonDynamoDBLocal open(Workspace workspace) {
    return workspace.isKept()
        ? open(workspace.database().toFile())
        : DynamoDBEmbedded.create(WITHOUT_TELEMETRY);
  }

  /**
   * The one in this file, which is made when it is not there. Our own connection stays open until
   * the database has its own: of a service that was closed just now the last one may still have to
   * close, and would, were it the last of all, lock the file to empty its log.
   */
  static AmazonDynamoDBLocal open(File file) {
    SQLITE.setLevel(Level.WARNING);
    load();
    SQLiteConnection connection = new SQLiteConnection(file);
    try {
      connection.open(true).setBusyTimeout(PATIENCE).exec(WRITE_AHEAD);
      return DynamoDBEmbedded.create(file, WITHOUT_TELEMETRY);
    } catch (SQLiteException e) {
      throw new IllegalStateException("the database " + file + " cannot be opened", e);
    } finally {
      connection.dispose();
    }
  }

  /** Unpacks and loads SQLite, as the embedded database would a moment later. */
  private static void load() {
    try {
      SQLiteLibraryLoader.initialize();
    } catch (Exception e) {
      throw new IllegalStateException("SQLite cannot be loaded", e);
    }
  }
}
