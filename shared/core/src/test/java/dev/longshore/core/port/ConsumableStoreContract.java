package dev.longshore.core.port;

import static dev.longshore.core.port.Samples.NOW;
import static dev.longshore.core.port.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.AttemptKey;
import dev.longshore.core.model.Claim;
import dev.longshore.core.model.ConsumableResource;
import dev.longshore.core.model.ConsumableResource.Kind;
import dev.longshore.core.model.JobKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link ConsumableStore} keeps. */
public abstract class ConsumableStoreContract {
  private static final ConsumableResource LICENCE =
      new ConsumableResource(
          "licence", Kind.REPLENISHABLE, 5, Set.of(), Map.of(), Map.of("team", "a"), NOW, 1);

  private ConsumableStore store;

  /** An empty store. */
  protected abstract ConsumableStore newStore();

  @BeforeEach
  void makeStore() {
    store = newStore();
    assertThat(store.createConsumable(LICENCE)).isTrue();
  }

  private static Claim claim(int job, long quantity) {
    return new Claim(new AttemptKey(JobKey.child(id(job), 9_999), 3, 17), quantity, 27_000_000);
  }

  private ConsumableResource stored() {
    return store.consumable("licence").orElseThrow();
  }

  @Test
  @DisplayName("A resource is read as it was created, and its name is taken")
  void created() {
    assertThat(stored()).isEqualTo(LICENCE);
    assertThat(store.createConsumable(LICENCE)).isFalse();
    assertThat(store.consumable("other")).isEmpty();
  }

  @Test
  @DisplayName("All resources are listed by name")
  void listed() {
    ConsumableResource dose =
        ConsumableResource.fresh("dose", Kind.NON_REPLENISHABLE, 0, Map.of(), NOW);
    assertThat(store.createConsumable(dose)).isTrue();
    assertThat(store.consumables()).isEqualTo(List.of(dose, LICENCE));
  }

  @Test
  @DisplayName("A claim is taken by version, and taking one twice changes the version only")
  void claims() {
    assertThat(store.claim("licence", 1, Set.of(claim(1, 2), claim(2, 1)))).isTrue();
    assertThat(store.claim("licence", 1, Set.of(claim(3, 1)))).isFalse();
    assertThat(store.claim("none", 1, Set.of(claim(3, 1)))).isFalse();
    assertThat(store.claim("licence", 2, Set.of(claim(1, 2)))).isTrue();
    assertThat(stored().claims()).containsExactlyInAnyOrder(claim(1, 2), claim(2, 1));
    assertThat(stored().version()).isEqualTo(3);
    assertThat(stored().inUse()).isEqualTo(3);
    assertThat(stored().available()).isEqualTo(2);
  }

  @Test
  @DisplayName("Who read a resource that was deleted takes nothing of a later one of its name")
  void madeAgain() {
    ConsumableResource first =
        ConsumableResource.fresh("again", Kind.REPLENISHABLE, 5, Map.of(), NOW);
    assertThat(store.createConsumable(first)).isTrue();
    assertThat(store.removeConsumable("again", first.version())).isTrue();
    ConsumableResource second =
        ConsumableResource.fresh("again", Kind.REPLENISHABLE, 1, Map.of(), NOW + 1);
    assertThat(store.createConsumable(second)).isTrue();
    assertThat(store.claim("again", first.version(), Set.of(claim(1, 5)))).isFalse();
    assertThat(store.claim("again", second.version(), Set.of(claim(1, 1)))).isTrue();
  }

  @Test
  @DisplayName("Giving back leaves the version, and giving back what is not taken changes nothing")
  void givesBack() {
    assertThat(store.claim("licence", 1, Set.of(claim(1, 2), claim(2, 1)))).isTrue();
    store.giveBack("licence", Set.of(claim(1, 2), claim(3, 1)));
    store.giveBack("licence", Set.of(claim(1, 2)));
    store.giveBack("none", Set.of(claim(1, 2)));
    assertThat(stored().claims()).containsExactly(claim(2, 1));
    assertThat(stored().version()).isEqualTo(2);
    assertThat(stored().total()).isEqualTo(5);
    assertThat(store.consumable("none")).isEmpty();
  }

  @Test
  @DisplayName("More claims than one condition can name are given back together")
  void givesBackMany() {
    Set<Claim> many = new HashSet<>();
    for (int job = 0; job < 250; job++) {
      many.add(claim(job, 1));
    }
    assertThat(store.claim("licence", 1, many)).isTrue();
    assertThat(stored().claims()).isEqualTo(many);
    store.giveBack("licence", many);
    assertThat(stored().claims()).isEmpty();
  }

  @Test
  @DisplayName("What is used up leaves with its share of the total, once and by version")
  void usesUp() {
    assertThat(store.claim("licence", 1, Set.of(claim(1, 2), claim(2, 1)))).isTrue();
    assertThat(store.useUp("licence", 1, Set.of(claim(1, 2)), 3)).isFalse();
    assertThat(store.useUp("licence", 2, Set.of(claim(1, 2)), 3)).isTrue();
    assertThat(store.useUp("licence", 3, Set.of(claim(1, 2)), 1)).isFalse();
    assertThat(stored().claims()).containsExactly(claim(2, 1));
    assertThat(stored().total()).isEqualTo(3);
    assertThat(stored().version()).isEqualTo(3);
  }

  @Test
  @DisplayName("A change of the total is by version and leaves claims as they are")
  void saves() {
    assertThat(store.claim("licence", 1, Set.of(claim(1, 2)))).isTrue();
    assertThat(store.saveConsumable(LICENCE.changed(9, Map.of("t", NOW)))).isFalse();
    ConsumableResource read = stored();
    store.giveBack("licence", Set.of(claim(1, 2)));
    assertThat(store.saveConsumable(read.changed(9, Map.of("t", NOW)))).isTrue();
    assertThat(stored().claims()).isEmpty();
    assertThat(stored().total()).isEqualTo(9);
    assertThat(stored().updates()).containsExactly(Map.entry("t", NOW));
    assertThat(store.saveConsumable(stored().tagged(Map.of()))).isTrue();
    assertThat(stored().tags()).isEmpty();
  }

  @Test
  @DisplayName("A resource goes only while nothing of it is taken, and by version")
  void removes() {
    assertThat(store.claim("licence", 1, Set.of(claim(1, 2)))).isTrue();
    assertThat(store.removeConsumable("licence", 2)).isFalse();
    store.giveBack("licence", Set.of(claim(1, 2)));
    assertThat(store.removeConsumable("licence", 1)).isFalse();
    assertThat(store.removeConsumable("licence", 2)).isTrue();
    assertThat(store.consumable("licence")).isEmpty();
  }
}
