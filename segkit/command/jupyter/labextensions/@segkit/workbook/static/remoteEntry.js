// What JupyterLab does for the notebooks of the workbook, in one hand-written file: it needs no Node and no build.
// JupyterLab loads it as a "federated extension": window._JUPYTERLAB[name] has `init`, told where JupyterLab's own modules
// are, and `get`, which returns the extension. Only notebooks that bear the workbook's mark in their metadata are touched.
(() => {
  'use strict';
  const NAME = '@segkit/workbook';
  const LIVE = 'application/vnd.jupyter.widget-view+json';
  const QUIET = 2000; // milliseconds without a change after which the notebook is saved
  let shared;

  async function module(name) {
    const versions = shared[name];
    const factory = await versions[Object.keys(versions)[0]].get();
    return factory();
  }

  const CSS = `
    .segkit-notebook .jp-InputPrompt, .segkit-notebook .jp-OutputPrompt { visibility: hidden; }
    .segkit-notebook:not(.segkit-code) .jp-CodeCell > .jp-Cell-inputWrapper,
    .segkit-notebook:not(.segkit-code) .jp-CodeCell > .jp-Cell-footer,
    .segkit-notebook:not(.segkit-code) .jp-Notebook-footer,
    .segkit-notebook:not(.segkit-code) .jp-cell-toolbar { display: none; }
    .segkit-notebook:not(.segkit-code) .jp-InputPrompt, .segkit-notebook:not(.segkit-code) .jp-OutputPrompt,
    .segkit-notebook:not(.segkit-code) .jp-Collapser, .segkit-notebook:not(.segkit-code) .jp-OutputArea-promptOverlay { display: none; }
    .segkit-notebook:not(.segkit-code) .jp-Notebook { padding: 8px 5% 40px; }
    .segkit-notebook:not(.segkit-code) .jp-Cell, .segkit-notebook:not(.segkit-code) .jp-Cell.jp-mod-active {
      border: none !important; box-shadow: none !important; outline: none !important; }
    .segkit-notebook:not(.segkit-code) .jp-Notebook .jp-MarkdownOutput { border: none; outline: none; }
    .segkit-notebook .jp-OutputArea-output { overflow-x: visible; }
    .segkit-notebook:not(.segkit-code) .jp-showHiddenCellsButton { margin: 0 0 8px; padding: 4px 14px; width: auto; min-height: 28px; }
    .segkit-notebook:not(.segkit-code) .jp-showHiddenCellsButton > div { font-size: 0; }
    .segkit-notebook:not(.segkit-code) .jp-showHiddenCellsButton > div::after { content: 'Show the answer'; font-size: 13px; }
    .segkit-notebook .jupyter-widget-Collapse-header:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: -2px; }
    .segkit-bar { display: none; align-items: center; gap: 12px; padding: 6px 14px; font-family: var(--jp-ui-font-family);
      font-size: 13px; color: var(--jp-ui-font-color1); background: var(--jp-layout-color2);
      border-bottom: 1px solid var(--jp-border-color2); position: absolute; left: 0; right: 0; z-index: 20; top: var(--segkit-top, 30px); }
    .segkit-bar.segkit-on { display: flex; }
    .segkit-bar.segkit-stopped { border-left: 6px solid #d55e00; font-weight: 600; }
    .segkit-stopped-panel .jp-OutputArea-output .jupyter-widgets { pointer-events: none; opacity: 0.55; }
    .segkit-bar button, .segkit-tool { font: inherit; padding: 3px 12px; border: 1px solid var(--jp-border-color1);
      border-radius: 3px; background: var(--jp-layout-color1); color: inherit; cursor: pointer; }
    .segkit-tool { margin: 0 4px; padding: 1px 8px; font-size: 12px; }
  `;

  function ours(model) {
    const mark = model && model.getMetadata && model.getMetadata('segkit');
    return Boolean(mark && mark.edition);
  }

  function text(tag, words, parent) {
    const element = document.createElement(tag);
    element.textContent = words;
    if (parent) parent.appendChild(element);
    return element;
  }

  // One notebook of the workbook.
  class Workbook {
    constructor(app, panel, notebooks) {
      this.app = app;
      this.panel = panel;
      this.actions = notebooks.NotebookActions;
      this.running = false;
      this.said = new Map();
      this.sayWhatIsShown(panel.context.model);
      panel.addClass('segkit-notebook');
      this.bar = text('div', '');
      this.bar.className = 'segkit-bar';
      this.bar.setAttribute('role', 'status');
      panel.node.appendChild(this.bar);
      this.button = text('button', 'Show the code');
      this.button.className = 'segkit-tool';
      this.button.onclick = () => this.showCode(!panel.hasClass('segkit-code'));
      panel.toolbar.node.appendChild(this.button);
      panel.sessionContext.statusChanged.connect((_, status) => this.status(status));
      panel.sessionContext.connectionStatusChanged.connect((_, status) => this.connection(status));
      panel.sessionContext.iopubMessage.connect((_, message) => this.hear(message));
      panel.context.saveState.connect((_, state) => { if (state === 'completed') this.refused = false; });
      panel.disposed.connect(() => clearTimeout(this.due));
    }

    // Each live result and form says in words what it shows (segkit/show/said.py).
    hear({ header, content }) {
      const state = /^comm_(open|msg)$/.test(header.msg_type) && content.data && content.data.state;
      const before = this.said.get(content.comm_id);
      if (!state || !(before || 'text_plain' in state)) return;
      const { html = '', plain = '' } = before || {};
      this.said.set(content.comm_id, { html: state.text_html ?? state.value ?? html, plain: state.text_plain ?? plain });
      if (header.msg_type === 'comm_msg' && this.shows(content.comm_id)) this.saveSoon();
    }

    // Not what another window shows, in which the same notebook is open: that one saves it.
    shows(id) {
      const outputs = [...this.panel.content.model.cells].flatMap(({ outputs }) =>
        Array.from({ length: outputs ? outputs.length : 0 }, (_, place) => outputs.get(place)));
      return outputs.some(({ data }) => data[LIVE] && data[LIVE].model_id === id);
    }

    // The file says in words what the page shows now, and holds nothing that only a running program could show. The page itself
    // keeps its outputs: to change them would draw them anew, under the hands of whoever is typing.
    sayWhatIsShown(model) {
      const asItIs = model.toJSON.bind(model);
      const inWords = output => {
        const live = output.data && output.data[LIVE];
        if (!live || !('text/html' in output.data)) return output;
        const { [LIVE]: _, ...data } = output.data;
        const said = this.said.get(live.model_id);
        if (said && said.html) Object.assign(data, { 'text/html': said.html, 'text/plain': said.plain });
        return { ...output, data };
      };
      model.toJSON = () => {
        const notebook = asItIs();
        const cells = notebook.cells.map(cell => cell.outputs ? { ...cell, outputs: cell.outputs.map(inWords) } : cell);
        return { ...notebook, cells };
      };
    }

    saveSoon() {
      this.panel.context.model.dirty = true; // so that an export in the meantime saves first
      clearTimeout(this.due);
      this.due = setTimeout(() => this.save(), QUIET);
    }

    // Saves without a question: where JupyterLab would have one to ask, saving is left to the person.
    async save() {
      const { context, isDisposed } = this.panel;
      if (isDisposed || this.running || this.refused || context.model.readOnly || this.bar.classList.contains('segkit-stopped')) return;
      try {
        const there = await this.app.serviceManager.contents.get(context.path, { content: false });
        if (there.last_modified === context.contentsModel.last_modified) await context.save();
      } catch (error) {
        this.refused = true; // such as a full disk, of which JupyterLab has told: once is enough
      }
    }

    showCode(show) {
      this.panel.toggleClass('segkit-code', show);
      this.button.textContent = show ? 'Hide the code' : 'Show the code';
    }

    say(words, kind, action, act) {
      this.bar.replaceChildren();
      this.bar.classList.toggle('segkit-on', Boolean(words));
      this.bar.classList.toggle('segkit-stopped', kind === 'stopped');
      this.panel.toggleClass('segkit-stopped-panel', kind === 'stopped');
      if (!words) return;
      this.panel.node.style.setProperty('--segkit-top', this.panel.toolbar.node.offsetHeight + 'px');
      text('span', words, this.bar);
      if (action) text('button', action, this.bar).onclick = act;
    }

    async runAll() {
      if (this.running) return;
      this.running = true;
      this.said.clear();
      const cells = this.panel.content.widgets.filter(cell => cell.model.type === 'code' && cell.model.sharedModel.getSource().trim());
      let done = 0;
      const count = (_, { cell }) => {
        if (!cells.includes(cell)) return;
        done += 1;
        this.say(done < cells.length ? `Getting ready: part ${done + 1} of ${cells.length}. You can begin at the top.` : '', '');
      };
      this.say(`Getting ready: part 1 of ${cells.length}.`, '');
      this.actions.executed.connect(count);
      try {
        await this.actions.runCells(this.panel.content, cells, this.panel.sessionContext); // unlike runAll it scrolls nowhere
      } finally {
        this.actions.executed.disconnect(count);
        this.running = false;
        if (!this.bar.classList.contains('segkit-stopped')) this.say('', '');
        this.panel.content.node.classList.add('segkit-ready');
        this.saveSoon();
      }
    }

    status(status) {
      if (status === 'dead' || status === 'unknown' && !this.panel.sessionContext.session?.kernel) {
        this.stopped();
      } else if (status === 'restarting' || status === 'autorestarting') {
        this.again = true;
        this.stopped('The program behind this page is starting again. What was saved is safe.', false);
        setTimeout(() => this.closeDialog(), 300);
      } else if (status === 'idle' && this.again && !this.running) {
        this.again = false;
        this.say('', '');
        this.runAll();
      }
    }

    // JupyterLab asks for a click where the bar says all already.
    closeDialog() {
      const asked = [...document.querySelectorAll('.jp-Dialog')].find(one => (one.getAttribute('aria-label') || '').includes(this.panel.context.path));
      const button = asked && asked.querySelectorAll('button');
      if (button && button.length === 1) button[0].click();
    }

    connection(status) {
      if (status === 'disconnected') this.stopped('This page has lost its connection. What was saved is safe; what you change now is not saved.');
      else if (status === 'connected' && this.bar.classList.contains('segkit-stopped') && !this.again) {
        this.say('', '');
        this.runAll();
      }
    }

    stopped(words, button = true) {
      this.panel.content.node.classList.remove('segkit-ready');
      this.say(
        words || 'The program behind this page has stopped. What was saved is safe; what you change now is not saved.',
        'stopped',
        button ? 'Start it again' : '',
        async () => {
          this.say('Starting again …', '');
          try {
            const context = this.panel.sessionContext;
            if (context.session?.kernel && context.connectionStatus === 'connected') {
              this.again = true;
              await context.session.kernel.restart();
            } else {
              await context.initialize();
              if (!context.session?.kernel) await context.changeKernel({ name: context.prevKernelName || 'python3' });
            }
            this.again = false;
            this.runAll();
          } catch (error) {
            this.stopped('It could not be started. Close this page, and start the workbook once more from where you started it.');
          }
        },
      );
    }
  }

  // Keys belong to the control that has the focus: JupyterLab's shortcuts leave an element with this attribute alone, so that "x",
  // "dd" or "m" pressed on a list or a radio button changes nothing but that control. It has to stand on the element itself
  // before JupyterLab, which listens on the document, looks. With the code in view, only what cells show is shielded.
  function keepKeys(app, tracker) {
    window.addEventListener('keydown', event => {
      const target = event.target;
      const panel = target.closest && tracker.find(one => one.node.contains(target));
      if (!panel || !panel.hasClass('segkit-notebook')) return;
      if (panel.hasClass('segkit-code') && !target.closest('.jp-Cell-outputArea')) {
        target.removeAttribute('data-lm-suppress-shortcuts');
        return;
      }
      target.setAttribute('data-lm-suppress-shortcuts', 'true');
      if ((event.ctrlKey || event.metaKey) && event.key === 's') {
        event.preventDefault();
        app.commands.execute('docmanager:save');
      }
    }, true);
  }

  // What is folded opens by the keyboard, too: ipywidgets gives the headers of an accordion no place in the order of the Tab key.
  function openByKeys(panel) {
    const headers = () => panel.node.querySelectorAll('.jupyter-widget-Collapse-header:not([tabindex])');
    const reach = () => headers().forEach(header => {
      header.setAttribute('tabindex', '0');
      header.setAttribute('role', 'button');
      header.addEventListener('keydown', event => {
        if (event.target !== header || event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        header.click();
      });
    });
    const observer = new MutationObserver(reach);
    observer.observe(panel.content.node, { childList: true, subtree: true });
    panel.disposed.connect(() => observer.disconnect());
    reach();
  }

  // Links from one notebook to another open in JupyterLab: a link of the page itself would load the whole page anew.
  function openInside(app, tracker) {
    document.addEventListener('click', event => {
      const link = event.target.closest && event.target.closest('a[href$=".ipynb"]');
      const panel = link && tracker.find(one => one.node.contains(link));
      if (!panel || !ours(panel.content.model) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const href = link.getAttribute('href');
      if (/^[a-z]+:|^\/|^#/i.test(href) && !href.startsWith('./')) return;
      event.preventDefault();
      event.stopPropagation();
      const folder = panel.context.path.split('/').slice(0, -1);
      app.commands.execute('docmanager:open', { path: [...folder, decodeURIComponent(href)].join('/') });
    }, true);
  }

  const plugin = tokens => ({
    id: `${NAME}:guide`,
    autoStart: true,
    requires: [tokens.INotebookTracker],
    activate: (app, tracker) => {
      text('style', CSS, document.head);
      keepKeys(app, tracker);
      openInside(app, tracker);
      tracker.widgetAdded.connect(async (_, panel) => {
        await panel.context.ready;
        if (!ours(panel.content.model)) return;
        const workbook = new Workbook(app, panel, tokens);
        openByKeys(panel);
        await panel.sessionContext.ready;
        await panel.revealed;
        workbook.runAll();
      });
    },
  });

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NAME] = {
    init: scope => { shared = scope; },
    get: async () => {
      const notebook = await module('@jupyterlab/notebook');
      return () => ({ __esModule: true, default: plugin(notebook) });
    },
  };
})();
