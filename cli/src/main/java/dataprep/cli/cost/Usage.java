package dataprep.cli.cost;

import dataprep.pricing.Workers;

/**
 * The billed usage of a run.
 *
 * @param workers of the Glue job, null if it did not run
 * @param glueDpuSeconds data processing units times seconds
 * @param glueSeconds the duration of the job run; at least a minute is billed
 * @param lambdaGigabyteSeconds memory times billed duration
 * @param stateTransitions states entered and tasks retried
 */
public record Usage(
        Workers workers,
        double glueDpuSeconds,
        double glueSeconds,
        double lambdaGigabyteSeconds,
        long lambdaRequests,
        long stateTransitions) {}
