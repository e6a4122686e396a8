package dev.netwright.processor.plan;

import dev.netwright.processor.graph.PoolWindow;
import dev.netwright.processor.graph.Window;
import java.util.List;

/** What a pool touches on both sides of its windows. */
final class PoolAccesses {
    private PoolAccesses() {}

    /** One float for each window and channel. */
    static Access pooled(Access access, List<PoolAxis> axes, Nest.Loop channels) {
        return results(access, axes, axes.stream().map(PoolAxis::out).toList(), channels, 0);
    }

    /** The place of the maximum of each window and channel. */
    static Access indices(Access access, PoolIndex index, List<PoolAxis> axes, Nest.Loop channels) {
        return results(access.samples(index.sample()), axes, index.axes(), channels, 2);
    }

    private static Access results(Access access, List<PoolAxis> axes, List<Axis> places, Nest.Loop channels, int side) {
        Access all = access.with(Access.Padding.LANES);
        for (int i = 0; i < axes.size(); i++) {
            all = all.loop(axes.get(i).windows().output(), places.get(i).stride());
        }
        return all.loop(channels.count(), channels.stride(side));
    }

    /** What the windows reach of the image; all of it where they leave it, as nothing beside it is touched. */
    static Access windows(Access access, List<PoolAxis> axes, Nest.Loop channels) {
        Access all = access.with(Access.Padding.LANES);
        for (PoolAxis axis : axes) {
            all = along(all, axis.windows(), axis.in());
        }
        return all.loop(channels.count(), channels.stride(1));
    }

    /** All of the image. */
    static Access image(Access access, List<PoolAxis> axes, Nest.Loop channels) {
        Access all = access.with(Access.Padding.LANES);
        for (PoolAxis axis : axes) {
            all = all.loop(axis.windows().extent(), axis.in().stride());
        }
        return all.loop(channels.count(), channels.stride(1));
    }

    private static Access along(Access access, PoolWindow windows, Axis axis) {
        if (windows instanceof Window even && !even.leavesInput()) {
            return access.loop(even.output(), even.stride() * axis.stride())
                    .loop(even.kernel(), even.dilation() * axis.stride());
        }
        return access.loop(windows.extent(), axis.stride());
    }
}
