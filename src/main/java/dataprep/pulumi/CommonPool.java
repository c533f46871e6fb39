package dataprep.pulumi;

/**
 * The common thread pool that the SDK's tasks share.
 *
 * <p>One of its threads waits for the end of the program in a busy loop. If it is the only thread, the default on Java
 * 25 with one or two processors, no other task ever runs. Earlier versions of Java start a thread for each task in that
 * case.
 *
 * <p>Remove this class with the first SDK after 1.36.1, which pauses the loop.
 *
 * @see <a href="https://github.com/pulumi/pulumi-java/issues/2270">The SDK's issue</a>
 * @see <a href="https://github.com/pulumi/pulumi-java/pull/2314">Its fix</a>
 */
public final class CommonPool {
    private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";
    private static final int SHARED_BY_ALL = 25;

    private CommonPool() {}

    /** Allows a second thread; has an effect only before the first use of the pool. */
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
