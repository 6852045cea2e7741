-- A session of Neovim without a screen: opens a plan, types a misspelt id, and lets the language server help.
-- tests/cli/test_lsp_neovim.py runs it; it prints what it saw as JSON, and writes no file.
local file, command = vim.env.REVPLAN_FILE, vim.split(vim.env.REVPLAN_COMMAND, "\n")
local said = {}

local function wait(what, ready)
  if not vim.wait(60000, ready, 20) then error("waited in vain for " .. what) end
end

local function run()
  vim.cmd("edit " .. vim.fn.fnameescape(file))
  local buffer = vim.api.nvim_get_current_buf()
  local client = vim.lsp.start_client({ name = "revplan", cmd = command, root_dir = vim.fn.fnamemodify(file, ":h") })
  vim.lsp.buf_attach_client(buffer, client)
  wait("the server", function() return vim.lsp.buf_get_clients(buffer)[client] ~= nil end)

  local function findings(code)
    return vim.tbl_filter(function(each) return each.code == code end, vim.diagnostic.get(buffer))
  end
  local function ask(method, params)
    params = params or vim.lsp.util.make_position_params(0, "utf-16")
    local answers = vim.lsp.buf_request_sync(buffer, method, params, 60000)
    assert(answers and answers[client], method .. " was not answered")
    assert(not answers[client].err, vim.inspect(answers[client].err))
    return answers[client].result
  end
  local function line() return vim.api.nvim_get_current_line() end
  local function apply(edit) vim.lsp.util.apply_workspace_edit(edit, "utf-16") end

  -- a misspelt id is typed
  vim.fn.search("objective: keep-and-grow")
  vim.cmd("setlocal noautoindent indentexpr=")
  vim.cmd("normal! 0f:lC keep-and-grw")
  wait("the finding", function() return #findings("RP205") == 1 end)
  said.finding = findings("RP205")[1].message

  -- the fix
  vim.api.nvim_win_set_cursor(0, { vim.fn.line("."), 17 })
  local range = vim.lsp.util.make_range_params(0, "utf-16")
  range.context = { diagnostics = {} }
  local actions = ask("textDocument/codeAction", range)
  said.fix = actions[1].title
  apply(actions[1].edit)
  said.fixed = line()
  wait("no finding", function() return #findings("RP205") == 0 end)

  -- hover and definition
  said.hover = ask("textDocument/hover").contents.value
  said.definition = ask("textDocument/definition").uri

  -- completion of a half-written line
  vim.cmd("normal! o    dead")
  local place = vim.lsp.util.make_position_params(0, "utf-16")
  place.position.character = 8
  local labels = vim.tbl_map(function(each) return each.label end, ask("textDocument/completion", place).items)
  said.completion = labels[1]
  vim.cmd("normal! dd")

  -- rename, in this buffer and in others
  vim.fn.search("keep-and-grow")
  local new = vim.lsp.util.make_position_params(0, "utf-16")
  new.newName = "keep"
  local edit = ask("textDocument/rename", new)
  apply(edit)
  vim.api.nvim_set_current_buf(buffer)
  said.renamed = vim.fn.search("^    objective: keep$", "nw") > 0
  said.files = vim.tbl_count(edit.documentChanges or edit.changes)
  wait("no findings after the rename", function() return #findings("RP205") == 0 end)

  -- format
  vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { "", "", "" })
  local formatted = ask("textDocument/formatting", vim.lsp.util.make_formatting_params({}))
  vim.lsp.util.apply_text_edits(formatted, buffer, "utf-16")
  said.last = vim.api.nvim_buf_get_lines(buffer, -2, -1, false)[1]
  vim.lsp.stop_client(client)
end

local ok, failure = pcall(run)
if not ok then said.failure = failure end
io.stdout:write(vim.fn.json_encode(said) .. "\n")
vim.cmd("qall!")
