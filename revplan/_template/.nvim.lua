-- Neovim reads this file where `set exrc` is on. It starts the plan's language server: pip install 'revplan[lsp]'.
vim.api.nvim_create_autocmd("FileType", {
  pattern = "yaml",
  callback = function(event)
    local settings = vim.fn.findfile("revplan.yaml", vim.fn.fnamemodify(event.file, ":p:h") .. ";")
    if settings ~= "" then
      vim.lsp.start({ name = "revplan", cmd = { "revplan", "lsp" }, root_dir = vim.fn.fnamemodify(settings, ":p:h") })
    end
  end,
})
