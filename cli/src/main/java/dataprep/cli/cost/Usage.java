package dataprep.cli.cost;

import dataprep.pricing.Workers;

/**
 * What a run used of what is billed by use.
 *
 * @param workers of the Glue job, null if it did not run
 * @param glueDpuSeconds data processing units times seconds
 * @param glueSeconds how long the job ran, of which at least a minute is billed
 * @param lambdaGigabyteSeconds memory times billed duration
 * @param stateTransitions states entered and tasks tried again
 */
public record Usage(
        Workers workers,
        double glueDpuSeconds,
        double glueSeconds,
        double lambdaGigabyteSeconds,
        long lambdaRequests,
        long stateTransitions) {}
