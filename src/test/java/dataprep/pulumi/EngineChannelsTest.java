package dataprep.pulumi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EngineChannelsTest {
    private static final int SECONDS = 20;

    @Test
    void aChannelClosesWhenTheServerEndsTheConnection() throws Exception {
        EngineChannels.register();
        var server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .build()
                .start();
        var channel = ManagedChannelBuilder.forTarget("127.0.0.1:" + server.getPort())
                .usePlaintext()
                .build();
        try {
            var connected = new CountDownLatch(1);
            awaitReady(channel.getState(true), connected, channel);
            assertTrue(connected.await(SECONDS, TimeUnit.SECONDS), "connected");
            server.shutdown();
            assertTrue(channel.awaitTermination(SECONDS, TimeUnit.SECONDS), "closed");
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
        }
    }

    private static void awaitReady(ConnectivityState state, CountDownLatch connected, ManagedChannel channel) {
        if (state == ConnectivityState.READY) {
            connected.countDown();
        } else {
            channel.notifyWhenStateChanged(state, () -> awaitReady(channel.getState(false), connected, channel));
        }
    }
}
