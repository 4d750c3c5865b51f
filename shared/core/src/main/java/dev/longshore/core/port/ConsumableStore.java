package dev.longshore.core.port;

import dev.longshore.core.model.Claim;
import dev.longshore.core.model.ConsumableResource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Consumable resources and what is taken of them. All reads are consistent. */
public interface ConsumableStore {

  Optional<ConsumableResource> consumable(String name);

  /** All of them, by name. */
  List<ConsumableResource> consumables();

  /**
   * Stores a new one ({@code version} 1, no claims).
   *
   * @return false when the name is taken
   */
  boolean createConsumable(ConsumableResource resource);

  /**
   * Changes total, updates and tags. Claims stay as they are stored.
   *
   * @return false when the version is no longer {@code after.version() - 1}
   */
  boolean saveConsumable(ConsumableResource after);

  /**
   * Removes one of which nothing is taken.
   *
   * @return false when the version moved or something is taken
   */
  boolean removeConsumable(String name, long version);

  /**
   * Takes, all in one write, if the resource still has this version. Whether there is enough is for
   * the caller to know, who read that version.
   *
   * @return false when the version moved or the resource is not there
   */
  boolean claim(String name, long version, Set<Claim> added);

  /** Gives back, in one write. Giving back what is not taken changes nothing. */
  void giveBack(String name, Set<Claim> over);

  /**
   * Removes claims and sets the total, in one write, if the resource still has this version and all
   * of the claims, at most 100, are there: so that what is used up is counted once.
   *
   * @return false when the version moved or a claim is not there
   */
  boolean useUp(String name, long version, Set<Claim> over, long total);
}
