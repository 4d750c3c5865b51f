package dev.longshore.wire.catalog;

import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Runs actors that share a catalog so that exactly one store call happens at a time, and in an
 * order that is chosen from outside.
 */
final class Interleavings {
  private final CatalogStore store;
  private final List<Actor> actors = new ArrayList<>();
  private final Semaphore arrived = new Semaphore(0);

  Interleavings(CatalogStore store) {
    this.store = store;
  }

  /** Somebody who waits before each call until it is chosen. */
  private final class Actor {
    private final Semaphore chosen = new Semaphore(0);
    private final Thread thread;
    private volatile boolean over;

    private Actor(Consumer<CatalogStore> work) {
      this.thread = Thread.ofVirtual().unstarted(() -> run(work));
    }

    private void run(Consumer<CatalogStore> work) {
      try {
        work.accept(before(store, this::await));
      } finally {
        over = true;
        arrived.release();
      }
    }

    private void await() {
      arrived.release();
      chosen.acquireUninterruptibly();
    }
  }

  /** Adds somebody who works on the catalog. */
  Interleavings with(Consumer<CatalogStore> work) {
    actors.add(new Actor(work));
    return this;
  }

  /**
   * Runs all of them to the end.
   *
   * @param choose from the number of those who can go on, at least 1, which one goes
   */
  void run(IntUnaryOperator choose) {
    actors.forEach(actor -> actor.thread.start());
    arrived.acquireUninterruptibly(actors.size());
    for (List<Actor> ready = ready(); !ready.isEmpty(); ready = ready()) {
      ready.get(choose.applyAsInt(ready.size())).chosen.release();
      arrived.acquireUninterruptibly();
    }
  }

  private List<Actor> ready() {
    return actors.stream().filter(actor -> !actor.over).toList();
  }

  /**
   * Runs the same in every order that there is.
   *
   * @param scenario makes actors on a fresh catalog, and afterwards checks what came of it
   * @return how many orders there were
   */
  static int all(Supplier<Scenario> scenario) {
    List<Integer> path = new ArrayList<>();
    int runs = 0;
    do {
      Scenario fresh = scenario.get();
      List<Integer> taken = new ArrayList<>();
      List<Integer> widths = new ArrayList<>();
      fresh
          .actors()
          .run(width -> {
            int choice = taken.size() < path.size() ? path.get(taken.size()) : 0;
            taken.add(choice);
            widths.add(width);
            return choice;
          });
      fresh.check().run();
      runs++;
      path.clear();
      path.addAll(taken);
      while (!path.isEmpty() && path.getLast() + 1 == widths.get(path.size() - 1)) {
        path.removeLast();
      }
      if (!path.isEmpty()) {
        path.add(path.removeLast() + 1);
      }
    } while (!path.isEmpty());
    return runs;
  }

  /**
   * One run.
   *
   * @param actors who takes part
   * @param check what must hold afterwards
   */
  record Scenario(Interleavings actors, Runnable check) {}

  /** A catalog that breaks down before its call number {@code calls}, from 0. */
  static CatalogStore failing(CatalogStore store, int calls) {
    int[] left = {calls};
    return before(
        store,
        () -> {
          if (left[0]-- <= 0) {
            throw new StoreException("cut off", new IllegalStateException());
          }
        });
  }

  private static CatalogStore before(CatalogStore store, Runnable each) {
    return (CatalogStore)
        Proxy.newProxyInstance(
            CatalogStore.class.getClassLoader(),
            new Class<?>[] {CatalogStore.class},
            (_, method, arguments) -> {
              each.run();
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
