"use strict";
/* The charts: drawn from the page's data with D3, again whenever their width changes. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const number = d3.format(",");

  function sankey(host, width) {
    const narrow = width < 560;
    const height = Math.max(220, 52 * data.nodes.length);
    const layout = d3
      .sankey()
      .nodeId((node) => node.id)
      .nodeWidth(narrow ? 10 : 14)
      .nodePadding(26)
      .nodeSort(null)
      .extent([[1, 18], [width - 1, height - 8]]);
    const { nodes, links } = layout({
      nodes: data.nodes.map((node) => ({ ...node })),
      links: data.links.map((link) => ({ ...link, value: link.rows })),
    });
    const svg = svgIn(host, width, height);
    svg
      .append("g")
      .selectAll("path")
      .data(links)
      .join("path")
      .attr("class", (link) => `link ${link.kind}`)
      .attr("d", d3.sankeyLinkHorizontal())
      .attr("stroke-width", (link) => Math.max(2, link.width))
      .append("title")
      .text((link) => `${link.source.label} → ${link.target.label}: ${number(link.rows)}`);
    const node = svg.append("g").selectAll("g").data(nodes).join("g").attr("class", (d) => `node ${d.kind}`);
    node
      .append("rect")
      .attr("x", (d) => d.x0)
      .attr("y", (d) => d.y0)
      .attr("width", (d) => d.x1 - d.x0)
      .attr("height", (d) => Math.max(2, d.y1 - d.y0))
      .attr("rx", 2);
    const isBetween = (d) => d.sourceLinks.length && d.targetLinks.length;
    const label = node
      .filter((d) => !narrow || !isBetween(d))
      .append("text")
      .attr("x", (d) => (d.x0 < width / 2 ? d.x1 + 8 : d.x0 - 8))
      .attr("y", (d) => (d.y1 - d.y0 < 30 ? d.y0 - 10 : (d.y0 + d.y1) / 2))
      .attr("dy", "0.32em")
      .attr("text-anchor", (d) => (d.x0 < width / 2 ? "start" : "end"));
    label.append("tspan").attr("class", "strong").text((d) => number(d.rows));
    label.append("tspan").text((d) => ` ${d.label}`);
  }

  function timeline(host, width) {
    const bars = data.bars;
    const step = 38;
    const top = 24;
    const height = top + bars.length * step + 6;
    const [unit, name] = data.milliseconds < 180e3 ? [1e3, "s"] : data.milliseconds < 10800e3 ? [60e3, "min"] : [3600e3, "h"];
    const x = d3
      .scaleLinear()
      .domain([0, Math.max(1, data.milliseconds) / unit])
      .range([12, width - 18])
      .nice(Math.max(2, Math.floor(width / 110)));
    const svg = svgIn(host, width, height);
    const axis = d3.axisTop(x).ticks(Math.max(2, Math.floor(width / 110))).tickSize(-(height - top)).tickFormat((s) => `${s} ${name}`);
    svg.append("g").attr("class", "axis").attr("transform", `translate(0,${top})`).call(axis);
    const row = svg
      .append("g")
      .selectAll("g")
      .data(bars)
      .join("g")
      .attr("class", (bar) => `span ${bar.status}`)
      .attr("transform", (_, place) => `translate(0,${top + place * step})`);
    row
      .append("rect")
      .attr("x", (bar) => x(bar.from / unit))
      .attr("y", 20)
      .attr("width", (bar) => Math.max(3, x(bar.to / unit) - x(bar.from / unit)))
      .attr("height", 12)
      .attr("rx", 3);
    const label = row
      .append("text")
      .attr("y", 14)
      .attr("x", (bar) => (x(bar.from / unit) < width / 2 ? x(bar.from / unit) : x(bar.to / unit)))
      .attr("text-anchor", (bar) => (x(bar.from / unit) < width / 2 ? "start" : "end"));
    label.append("tspan").text((bar) => `${bar.title} `);
    label.append("tspan").attr("class", "strong").text((bar) => bar.text);
  }

  function svgIn(host, width, height) {
    return d3
      .select(host)
      .append("svg")
      .attr("viewBox", `0 0 ${width} ${height}`)
      .attr("width", width)
      .attr("height", height)
      .attr("aria-hidden", "true");
  }

  function keepDrawn(id, draw) {
    const host = document.getElementById(id);
    if (!host || !(id === "sankey" ? data.nodes : data.bars).length) {
      return;
    }
    let drawn = 0;
    const redraw = () => {
      const width = Math.floor(host.clientWidth);
      if (width > 0 && width !== drawn) {
        drawn = width;
        host.replaceChildren();
        draw(host, width);
      }
    };
    // not while sizes are being observed: drawing changes them
    new ResizeObserver(() => requestAnimationFrame(redraw)).observe(host);
    redraw();
  }

  keepDrawn("sankey", sankey);
  keepDrawn("timeline", timeline);
})();
