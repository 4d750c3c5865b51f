package dev.longshore.simulator.scenario;

import dev.longshore.core.model.ArrayPage;
import dev.longshore.core.model.ComputeEnvironment;
import dev.longshore.core.model.Fleet;
import dev.longshore.core.model.Holds;
import dev.longshore.core.model.Host;
import dev.longshore.core.model.HostId;
import dev.longshore.core.model.Job;
import dev.longshore.core.model.JobQueue;
import dev.longshore.core.model.JobState;
import dev.longshore.core.model.ShareBook;
import dev.longshore.core.port.CatalogStore;
import dev.longshore.core.port.HostStore;
import dev.longshore.core.port.JobStore;
import dev.longshore.simulator.world.Fault;
import dev.longshore.simulator.world.Faults;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Others who write the same items: just before a conditional write they store what is there under
 * the next version, so that the write is refused and must be thought over again.
 */
final class Rivals {
  private final Faults faults;

  Rivals(Faults faults) {
    this.faults = faults;
  }

  /** Writes what this call is about to write, as it is. */
  private interface Rival {
    void writes(String method, Object[] arguments);
  }

  JobStore of(JobStore jobs) {
    return beside(
        JobStore.class,
        jobs,
        (method, arguments) -> {
          switch (method) {
            case "save" -> again(jobs, (Job) arguments[0]);
            case "savePage" -> {
              if (arguments.length == 1) {
                again(jobs, (ArrayPage) arguments[0]);
              } else {
                again(jobs, (Job) arguments[1]);
              }
            }
            default -> {}
          }
        });
  }

  HostStore of(HostStore hosts) {
    return beside(
        HostStore.class,
        hosts,
        (method, arguments) -> {
          switch (method) {
            case "save", "saveIfEmpty" -> again(hosts, ((Host) arguments[0]).id());
            case "reserve" -> again(hosts, (HostId) arguments[0]);
            case "saveFleet" -> again(hosts, (Fleet) arguments[0]);
            default -> {}
          }
        });
  }

  CatalogStore of(CatalogStore catalog) {
    return beside(
        CatalogStore.class,
        catalog,
        (method, arguments) -> {
          switch (method) {
            case "saveQueue" -> again(catalog, (JobQueue) arguments[0]);
            case "saveEnvironment" -> again(catalog, (ComputeEnvironment) arguments[0]);
            case "saveHolds" -> again(catalog, (Holds) arguments[0]);
            case "saveShares" -> again(catalog, (ShareBook) arguments[0]);
            case "claim", "useUp" -> again(catalog, (String) arguments[0]);
            default -> {}
          }
        });
  }

  private static void again(JobStore jobs, Job wanted) {
    jobs.find(wanted.key())
        .filter(job -> !(job.state() instanceof JobState.Ended))
        .ifPresent(job -> jobs.save(job.in(job.state())));
  }

  private static void again(JobStore jobs, ArrayPage wanted) {
    jobs.page(wanted.job(), wanted.number())
        .ifPresent(page ->
            jobs.savePage(
                new ArrayPage(
                    page.job(),
                    page.number(),
                    page.states(),
                    page.stops(),
                    page.stopOfRest(),
                    page.version() + 1)));
  }

  private static void again(HostStore hosts, HostId id) {
    hosts.find(id).ifPresent(host -> hosts.save(host.in(host.state())));
  }

  private static void again(HostStore hosts, Fleet wanted) {
    Fleet fleet = hosts.fleet(wanted.environment());
    hosts.saveFleet(fleet.with(fleet.intents(), fleet.shortages()));
  }

  private static void again(CatalogStore catalog, JobQueue wanted) {
    catalog
        .queue(wanted.name())
        .ifPresent(queue -> catalog.saveQueue(queue.next(queue.status(), queue.statusReason())));
  }

  private static void again(CatalogStore catalog, ComputeEnvironment wanted) {
    catalog
        .environment(wanted.name())
        .ifPresent(it -> catalog.saveEnvironment(it.next(it.status(), it.statusReason())));
  }

  private static void again(CatalogStore catalog, Holds wanted) {
    Holds holds = catalog.holds(wanted.queue());
    catalog.saveHolds(
        new Holds(holds.queue(), holds.entries(), holds.front(), holds.version() + 1));
  }

  private static void again(CatalogStore catalog, ShareBook wanted) {
    ShareBook book = catalog.shares(wanted.queue());
    catalog.saveShares(new ShareBook(book.queue(), book.shares(), book.at(), book.version() + 1));
  }

  private static void again(CatalogStore catalog, String consumable) {
    catalog
        .consumable(consumable)
        .ifPresent(
            it -> catalog.saveConsumable(it.withClaims(it.claims(), it.total(), it.version() + 1)));
  }

  private <T> T beside(Class<T> port, T real, Rival rival) {
    Object contested =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              boolean conditional = method.getReturnType() == boolean.class && arguments != null;
              if (conditional && faults.strikes(Fault.RIVAL_WRITE)) {
                rival.writes(method.getName(), arguments);
              }
              return call(real, method, arguments);
            });
    return port.cast(contested);
  }

  private static @Nullable Object call(
      Object real, java.lang.reflect.Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException failed) {
      throw failed.getTargetException();
    }
  }
}
