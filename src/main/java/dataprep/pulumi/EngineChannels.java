package dataprep.pulumi;

import io.grpc.ConnectivityState;
import io.grpc.ForwardingChannelBuilder;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ManagedChannelProvider;
import io.grpc.ManagedChannelRegistry;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The SDK's channels to the engine, with an end.
 *
 * <p>The SDK never closes its channels. After an inline program, the engine waits a second for each of its two servers
 * before it closes the connection itself. At the end of any program, Java waits 0.3 seconds for a network thread that
 * waits in native code. These channels therefore close when the engine ends its connections, and their thread ends
 * before Java does.
 *
 * <p>Remove this class with the first SDK that closes its channels after a program.
 *
 * @see <a href="https://github.com/grpc/grpc-go/issues/5358">Why the engine's server waits</a>
 * @see <a href="https://github.com/openjdk/jdk17u/blob/master/src/hotspot/share/runtime/vmOperations.cpp">Why Java waits</a>
 */
public final class EngineChannels extends ManagedChannelProvider {
    private static final int ABOVE_THE_DEFAULT = 6;
    private static final EventLoopGroup NETWORK = new NioEventLoopGroup(1, new DefaultThreadFactory("engine", true));
    private static final EngineChannels ONLY = new EngineChannels();

    private EngineChannels() {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() ->
                        NETWORK.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS)));
    }

    /** Has an effect on all channels that are created later in this process; a repeated call has none. */
    public static void register() {
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

        Builder(NettyChannelBuilder netty) {
            this.netty = netty.eventLoopGroup(NETWORK)
                    .channelType(NioSocketChannel.class)
                    // without the time-out, a channel becomes idle only if it loses its connection
                    .idleTimeout(Long.MAX_VALUE, TimeUnit.DAYS);
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
