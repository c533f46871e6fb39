package dataprep.cli.stack;

import io.grpc.ConnectivityState;
import io.grpc.ForwardingChannelBuilder;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ManagedChannelProvider;
import io.grpc.ManagedChannelRegistry;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Closes the channels of an inline program when the engine ends its connections.
 *
 * <p>The SDK never closes them. The engine then waits a second for each of its two servers before it closes the
 * connection itself. Remove this class with the first SDK that closes its channels after an inline program.
 *
 * @see <a href="https://github.com/grpc/grpc-go/issues/5358">Why the engine's server waits</a>
 */
final class EngineChannels extends ManagedChannelProvider {
    private static final int ABOVE_THE_DEFAULT = 6;
    private static final EngineChannels ONLY = new EngineChannels();

    private EngineChannels() {}

    /** Has an effect on all channels that are created later in this process; a repeated call has none. */
    static void closeWithTheEngine() {
        ManagedChannelRegistry.getDefaultRegistry().register(ONLY);
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return ABOVE_THE_DEFAULT;
    }

    @Override
    protected Collection<Class<? extends SocketAddress>> getSupportedSocketAddressTypes() {
        return List.of(InetSocketAddress.class);
    }

    @Override
    protected ManagedChannelBuilder<?> builderForAddress(String name, int port) {
        return new Builder(NettyChannelBuilder.forAddress(name, port));
    }

    @Override
    protected ManagedChannelBuilder<?> builderForTarget(String target) {
        return new Builder(NettyChannelBuilder.forTarget(target));
    }

    private static final class Builder extends ForwardingChannelBuilder<Builder> {
        private final ManagedChannelBuilder<?> netty;

        Builder(ManagedChannelBuilder<?> netty) {
            // without the time-out, a channel becomes idle only if it loses its connection
            this.netty = netty.idleTimeout(Long.MAX_VALUE, TimeUnit.DAYS);
        }

        @Override
        protected ManagedChannelBuilder<?> delegate() {
            return netty;
        }

        @Override
        public ManagedChannel build() {
            var channel = netty.build();
            closeOnDisconnect(channel, channel.getState(false));
            return channel;
        }

        private static void closeOnDisconnect(ManagedChannel channel, ConnectivityState state) {
            channel.notifyWhenStateChanged(state, () -> {
                var next = channel.getState(false);
                if (state == ConnectivityState.READY) {
                    channel.shutdownNow();
                } else if (next != ConnectivityState.SHUTDOWN) {
                    closeOnDisconnect(channel, next);
                }
            });
        }
    }
}
