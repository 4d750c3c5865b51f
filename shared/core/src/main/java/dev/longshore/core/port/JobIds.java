package dev.longshore.core.port;

import dev.longshore.core.model.JobId;

/** Where new job IDs come from. */
public interface JobIds {

  /** An ID that was never given before. */
  JobId random();

  /** Always the same ID for the same text, and not to be guessed without this store's salt. */
  JobId derived(String text);
}
