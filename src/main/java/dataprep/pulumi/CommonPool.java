package dataprep.pulumi;

/**
 * The threads that the SDK's tasks share.
 *
 * <p>One of them waits for the program's end without rest. Where there is no other, as by default on Java 25 with two
 * processors or one, nothing is ever done. Earlier versions of Java give each task a thread of its own there.
 *
 * @see <a href="https://github.com/pulumi/pulumi-java/issues/2270">the SDK's issue; 1.36.1 has it</a>
 */
public final class CommonPool {
    private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";
    private static final int SHARED_BY_ALL = 25;

    private CommonPool() {}

    /** Makes room for a second thread; in time only if nothing has used the pool. */
    public static void makeRoom() {
        if (isTooSmall(Runtime.version().feature(), Runtime.getRuntime().availableProcessors())
                && System.getProperty(PARALLELISM) == null) {
            System.setProperty(PARALLELISM, "2");
        }
    }

    static boolean isTooSmall(int javaVersion, int processors) {
        return javaVersion >= SHARED_BY_ALL && processors <= 2;
    }
}
