package dataprep.cli.acceptance;

import dataprep.cli.exit.ExitCodes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The findings of an acceptance for each assumption. */
public final class AcceptanceReport {
    /** The result of comparing the finding with the expectation. */
    public enum Verdict {
        HOLDS("holds"),
        DIFFERS("DIFFERS"),
        NOT_CHECKED("not checked");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }
    }

    public record Finding(Verdict verdict, String found) {

        public static Finding of(boolean holds, String found) {
            return new Finding(holds ? Verdict.HOLDS : Verdict.DIFFERS, found);
        }

        static Finding notChecked(String reason) {
            return new Finding(Verdict.NOT_CHECKED, reason);
        }
    }

    @FunctionalInterface
    public interface Check {
        Finding find() throws Exception;
    }

    private final boolean local;
    private final Map<Assumption, Finding> findings = new EnumMap<>(Assumption.class);

    public AcceptanceReport(boolean local) {
        this.local = local;
    }

    /** Checks one assumption; an exception of the check is its finding. */
    public void check(Assumption assumption, Check check) throws InterruptedException {
        if (local && assumption.isOnAwsOnly()) {
            findings.put(assumption, Finding.notChecked("the local AWS cannot check it"));
            return;
        }
        try {
            findings.put(assumption, check.find());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            findings.put(assumption, Finding.of(false, String.valueOf(ExitCodes.message(e))));
        }
    }

    /** The assumptions with this verdict. */
    public Set<Assumption> of(Verdict verdict) {
        return findings.entrySet().stream()
                .filter(finding -> finding.getValue().verdict() == verdict)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Assumption.class)));
    }

    /**
     * @throws IllegalStateException if an assumption was not checked, which is a bug
     */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("%-20s %-11s  %s".formatted("check", "result", "assumption, expected, found"));
        for (var assumption : Assumption.values()) {
            var finding = findings.get(assumption);
            if (finding == null) {
                throw new IllegalStateException("no check of " + assumption);
            }
            lines.add("%-20s %-11s  %s".formatted(assumption, finding.verdict().text, assumption.statement()));
            lines.add("%34sexpected: %s".formatted("", assumption.expected()));
            lines.add("%34sfound:    %s"
                    .formatted("", finding.found().lines().findFirst().orElse("nothing")));
        }
        return lines;
    }
}
